using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>Options of a comparison of two collections.</summary>
public sealed record DriftOptions
{
    /// <summary>The metric; not <see cref="Metric.Dot"/>.</summary>
    public Metric Metric { get; init; } = Metric.Cosine;

    /// <summary>Maximum sample size per collection, at least 2: time and memory grow quadratically.</summary>
    public int Sample { get; init; } = 1000;

    /// <summary>Number of permutations for the p-values, at least 1. With 999, the smallest p-value is .001.</summary>
    public int Permutations { get; init; } = 999;

    /// <summary>The seed of samples and permutations.</summary>
    public int Seed { get; init; } = 1;

    internal void Validate()
    {
        Inputs.CheckMetric(Metric, "Drift");
        ArgumentOutOfRangeException.ThrowIfLessThan(Sample, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(Permutations, 1);
    }
}
