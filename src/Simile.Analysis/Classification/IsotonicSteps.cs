namespace Simile.Analysis;

/// <summary>
/// A monotone function of a score, by isotonic regression: pooled adjacent violators (Ayer et al. 1955), with linear interpolation.
/// </summary>
/// <param name="Scores">The score of each step, ascending.</param>
/// <param name="Probabilities">The probability of each step.</param>
internal sealed record IsotonicSteps(float[] Scores, float[] Probabilities)
{
    /// <summary>Serialized as the number of steps, their scores, their probabilities.</summary>
    public static float[] Fit(float[] scores, bool[] positive)
    {
        var order = Enumerable.Range(0, scores.Length).OrderBy(i => scores[i]).ToArray();
        var pools = new List<(double Scores, double Positive, int Count)>();
        foreach (var i in order)
        {
            pools.Add((scores[i], positive[i] ? 1 : 0, 1));
            while (pools.Count > 1 && pools[^2].Positive / pools[^2].Count >= pools[^1].Positive / pools[^1].Count)
            {
                var (a, b) = (pools[^2], pools[^1]);
                pools.RemoveRange(pools.Count - 2, 2);
                pools.Add((a.Scores + b.Scores, a.Positive + b.Positive, a.Count + b.Count));
            }
        }

        return [pools.Count, .. pools.Select(p => (float)(p.Scores / p.Count)), .. pools.Select(p => (float)(p.Positive / p.Count))];
    }

    /// <summary>Parses the fitted functions of several classes.</summary>
    /// <exception cref="ArgumentException">The parameters are cut off or invalid.</exception>
    public static IsotonicSteps[] Split(ReadOnlySpan<float> parameters, int classes)
    {
        var steps = new IsotonicSteps[classes];
        for (var c = 0; c < classes; c++)
        {
            var count = parameters.IsEmpty ? 0 : parameters[0];
            if (!(count is >= 1 and <= 1 << 24) || count != MathF.Floor(count) || parameters.Length < 1 + (2 * (int)count))
            {
                throw new ArgumentException("The steps of a calibration are cut off.");
            }

            var n = (int)count;
            steps[c] = new IsotonicSteps(parameters.Slice(1, n).ToArray(), parameters.Slice(1 + n, n).ToArray());
            parameters = parameters[(1 + (2 * n))..];
        }

        return parameters.IsEmpty ? steps : throw new ArgumentException("A calibration holds more numbers than its steps.");
    }

    public float Probability(float score)
    {
        var at = Array.BinarySearch(Scores, score);
        if (at >= 0)
        {
            return Probabilities[at];
        }

        var after = ~at;
        if (after == 0 || after == Scores.Length)
        {
            return Probabilities[Math.Min(after, Scores.Length - 1)];
        }

        var share = (score - Scores[after - 1]) / (Scores[after] - Scores[after - 1]);
        return Probabilities[after - 1] + (share * (Probabilities[after] - Probabilities[after - 1]));
    }
}
