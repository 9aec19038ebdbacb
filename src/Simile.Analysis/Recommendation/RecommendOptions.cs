using Simile.Index;

namespace Simile.Analysis;

/// <summary>What a <see cref="Recommender"/> shall give.</summary>
public sealed record RecommendOptions
{
    /// <summary>How many items, at least 1; fewer come back where fewer are let through.</summary>
    public int Count { get; init; } = 10;

    /// <summary>How examples become a score.</summary>
    public RecommendStrategy Strategy { get; init; } = RecommendStrategy.Average;

    /// <summary>
    /// How much items shall differ from each other, in [0, 1]: 0 takes the best alone, 1 looks at difference alone (1 − λ of Carbonell and
    /// Goldstein's maximal marginal relevance, 1998).
    /// </summary>
    public double Diversity { get; init; }

    /// <summary>Candidates of which diverse ones are chosen, at least <see cref="Count"/>; null for ten times as many.</summary>
    public int? Candidates { get; init; }

    /// <summary>The rows that may be recommended; null for all.</summary>
    public IdFilter? Filter { get; init; }

    /// <summary>Rows that are not recommended, beside the examples: what the person has seen.</summary>
    public IReadOnlyCollection<int> Seen { get; init; } = [];

    /// <summary>Seed of the random vectors that <see cref="RecommendStrategy.Linear"/> uses as negative examples.</summary>
    public int Seed { get; init; } = 1;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Count, 1);
        if (!(Diversity is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Diversity), Diversity, "Diversity is from 0 to 1.");
        }

        if (Candidates < Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(Candidates), Candidates, $"There must be at least as many candidates as items: {Count}.");
        }

        if (!Enum.IsDefined(Strategy))
        {
            throw new ArgumentOutOfRangeException(nameof(Strategy), Strategy, "There is no such strategy.");
        }
    }
}
