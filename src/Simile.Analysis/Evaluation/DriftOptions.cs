using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>How two collections are compared.</summary>
public sealed record DriftOptions
{
    /// <summary>What a distance is: not <see cref="Metric.Dot"/>.</summary>
    public Metric Metric { get; init; } = Metric.Cosine;

    /// <summary>Most vectors that are drawn of each collection, at least 2: time and memory grow with the square.</summary>
    public int Sample { get; init; } = 1000;

    /// <summary>How often the vectors are dealt out anew for the p-values, at least 1: with 999 none is below .001.</summary>
    public int Permutations { get; init; } = 999;

    /// <summary>Decides which vectors are drawn, and how they are dealt out.</summary>
    public int Seed { get; init; } = 1;

    internal void Validate()
    {
        Inputs.CheckMetric(Metric, "Drift");
        ArgumentOutOfRangeException.ThrowIfLessThan(Sample, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(Permutations, 1);
    }
}
