using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>Which distance between two clusters decides that <see cref="Agglomerative"/> merges them.</summary>
public sealed record AgglomerativeOptions
{
    /// <summary>The distance between groups.</summary>
    public Linkage Linkage { get; init; } = Linkage.Average;

    /// <summary>The metric; not <see cref="Metric.Dot"/>.</summary>
    public Metric Metric { get; init; } = Metric.Cosine;

    internal void Validate()
    {
        Inputs.CheckMetric(Metric, "Agglomerative clustering");
        if (!Enum.IsDefined(Linkage))
        {
            throw new ArgumentOutOfRangeException(nameof(Linkage), Linkage, "The linkage does not exist.");
        }
    }
}
