using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>How <see cref="Agglomerative"/> joins groups.</summary>
public sealed record AgglomerativeOptions
{
    /// <summary>How far apart two groups are.</summary>
    public Linkage Linkage { get; init; } = Linkage.Average;

    /// <summary>How vectors are compared: not <see cref="Metric.Dot"/>.</summary>
    public Metric Metric { get; init; } = Metric.Cosine;

    internal void Validate()
    {
        Inputs.CheckMetric(Metric, "Agglomerative clustering");
        if (!Enum.IsDefined(Linkage))
        {
            throw new ArgumentOutOfRangeException(nameof(Linkage), Linkage, "There is no such linkage.");
        }
    }
}
