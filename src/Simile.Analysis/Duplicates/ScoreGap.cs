using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>Finds the gap between the scores of near-duplicates and other nearest neighbors.</summary>
internal static class ScoreGap
{
    // Distances below this are float rounding.
    private const double LeastDistance = 1e-6;

    // The means of both groups must differ by this many standard deviations within them.
    private const double ClearlyApart = 3;

    // Near-duplicates are at most a third as far away as other nearest neighbors.
    private static readonly double LeastRatio = Math.Log(3);

    // One vector in 1,000 is this far below the mean by chance.
    private const double OneInThousand = 3.1;

    /// <summary>The threshold as a score of the metric.</summary>
    public static float Find(float[] scores, Metric metric)
    {
        var logs = Array.ConvertAll(scores, s => Math.Log(Math.Max(LeastDistance, Distance(s, metric))));
        Array.Sort(logs);
        var cut = Otsu(logs);
        var (mean, deviation) = Moments(logs.AsSpan(cut));
        if (cut == 0 || !Apart(logs, cut))
        {
            (mean, deviation) = Moments(logs);
            return Score(Math.Exp(mean - (OneInThousand * deviation)), metric);
        }

        // In the middle of the gap, but not among the other neighbors.
        var gap = (logs[cut - 1] + logs[cut]) / 2;
        return Score(Math.Exp(Math.Min(gap, Math.Max(logs[cut - 1], mean - (OneInThousand * deviation)))), metric);
    }

    /// <summary>A threshold that only equal vectors reach.</summary>
    public static float Greatest(Metric metric) => Score(LeastDistance, metric);

    // For the dot product, the distance from 1, the score of equal vectors of length 1.
    private static double Distance(float score, Metric metric) =>
        metric is Metric.Cosine or Metric.Dot ? 1 - (double)score : -(double)score;

    private static float Score(double distance, Metric metric) => (float)(metric is Metric.Cosine or Metric.Dot ? 1 - distance : -distance);

    // The split with the smallest variance within both parts.
    private static int Otsu(double[] sorted)
    {
        var (total, before, best, cut) = (sorted.Sum(), 0.0, 0.0, 0);
        for (var i = 1; i < sorted.Length; i++)
        {
            before += sorted[i - 1];
            var difference = ((total - before) / (sorted.Length - i)) - (before / i);
            var between = (double)i * (sorted.Length - i) * difference * difference;
            (best, cut) = between > best ? (between, i) : (best, cut);
        }

        return cut;
    }

    private static bool Apart(double[] sorted, int cut)
    {
        var (low, high) = (Moments(sorted.AsSpan(0, cut)), Moments(sorted.AsSpan(cut)));
        var within =
            Math.Sqrt(((cut * low.Deviation * low.Deviation) + ((sorted.Length - cut) * high.Deviation * high.Deviation)) / sorted.Length);
        return high.Mean - low.Mean > Math.Max(LeastRatio, ClearlyApart * within);
    }

    private static (double Mean, double Deviation) Moments(ReadOnlySpan<double> values)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var value in values)
        {
            sum += value;
        }

        var mean = sum / Math.Max(1, values.Length);
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return (mean, Math.Sqrt(squares / Math.Max(1, values.Length)));
    }
}
