namespace Simile.Analysis;

/// <summary>How fine the communities of <see cref="Leiden"/> are, and how long it runs.</summary>
public sealed record LeidenOptions
{
    /// <summary>The resolution, above 0. Larger values give more and smaller communities. 1 is modularity.</summary>
    public double Resolution { get; init; } = 1;

    /// <summary>The randomness of the refinement, above 0: θ in the paper.</summary>
    public double Randomness { get; init; } = 0.01;

    /// <summary>Maximum number of rounds, at least 1. Stops earlier if a round changes nothing.</summary>
    public int MaxRounds { get; init; } = 20;

    /// <summary>The seed of the order of nodes.</summary>
    public int Seed { get; init; } = 1;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRounds, 1);
        CheckPositive(Resolution, nameof(Resolution));
        CheckPositive(Randomness, nameof(Randomness));
    }

    private static void CheckPositive(double value, string name)
    {
        if (!(value is > 0 and < double.PositiveInfinity))
        {
            throw new ArgumentOutOfRangeException(name, value, $"The {name.ToLowerInvariant()} must be above 0.");
        }
    }
}
