namespace Simile.Analysis;

/// <summary>How <see cref="Leiden"/> finds communities.</summary>
public sealed record LeidenOptions
{
    /// <summary>More gives more and smaller communities; above 0. 1 is modularity.</summary>
    public double Resolution { get; init; } = 1;

    /// <summary>How much randomness the refinement allows, above 0: the paper's θ.</summary>
    public double Randomness { get; init; } = 0.01;

    /// <summary>Most rounds, at least 1; it ends sooner where a round changes nothing.</summary>
    public int MaxRounds { get; init; } = 20;

    /// <summary>Decides the order in which nodes are visited: the same graph and options give the same communities.</summary>
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
            throw new ArgumentOutOfRangeException(name, value, $"The {name.ToLowerInvariant()} is a number above 0.");
        }
    }
}
