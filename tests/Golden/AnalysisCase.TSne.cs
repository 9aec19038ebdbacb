using Simile.Analysis;
using Simile.Numerics;

namespace Golden;

/// <content>t-SNE by its definition.</content>
internal static partial class AnalysisCase
{
    private static void CheckTSne(CaseData data, List<string> differences)
    {
        var p = TSne.JointProbabilities(data.Matrix("x"), data.Number("perplexity"), MetricOf(data));
        Compare("joint probabilities", data.Matrix("p_joint_condensed").AsSpan(), Floats(p), 1e-6, 0, differences);
        var places = data.Matrix("y");
        var gradient = new VectorMatrix(places.Count, 2);
        Compare("KL divergence", data.Number("kl"), TSne.Divergence(p, places, gradient), 1e-4, differences);
        Compare("gradient", data.Matrix("gradient").AsSpan(), gradient.AsSpan(), 1e-5, 0, differences);
    }

    private static Metric MetricOf(CaseData data) => !data.Has("metric") ? Metric.L2 : data.Values.GetProperty("metric").GetString() switch
    {
        "euclidean" or "l2" => Metric.L2,
        "cosine" => Metric.Cosine,
        "manhattan" or "cityblock" or "l1" => Metric.Manhattan,
        "hamming" => Metric.Hamming,
        var other => throw new Xunit.Sdk.XunitException($"There is no metric {other}."),
    };
}
