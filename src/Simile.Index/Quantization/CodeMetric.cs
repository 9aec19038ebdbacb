using Simile.Numerics;

namespace Simile.Index.Quantization;

/// <summary>The metrics that are sums over components, which codes can score.</summary>
internal static class CodeMetric
{
    /// <exception cref="ArgumentException">The metric is another.</exception>
    public static void Check(Metric metric)
    {
        if (metric is not (Metric.Cosine or Metric.Dot or Metric.L2))
        {
            throw new ArgumentException($"{metric} is no sum over what codes keep: a quantiser scores cosine, dot and L2.");
        }
    }
}
