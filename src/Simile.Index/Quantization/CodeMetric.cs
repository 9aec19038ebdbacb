using Simile.Numerics;

namespace Simile.Index.Quantization;

/// <summary>The metrics that are sums over components, so that codes can be scored.</summary>
internal static class CodeMetric
{
    /// <exception cref="ArgumentException">The metric is not supported.</exception>
    public static void Check(Metric metric)
    {
        if (metric is not (Metric.Cosine or Metric.Dot or Metric.L2))
        {
            throw new ArgumentException($"Quantizers do not support {metric}: use cosine, dot or L2.");
        }
    }
}
