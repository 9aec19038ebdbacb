using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>Converts class scores to probabilities that sum to 1.</summary>
/// <remarks>
/// Parameters by method. Temperature: one number. Platt: slope and offset per class. Isotonic: per class the number of steps, then the
/// score and the probability of each step.
/// </remarks>
internal sealed record Calibrator(CalibrationMethod Method, float[] Parameters)
{
    private const double LeastProbability = 1e-12;

    /// <summary>Fits a calibration on scores of examples that were not used for training.</summary>
    /// <param name="method">Which.</param>
    /// <param name="scores">n × classes.</param>
    /// <param name="labels">The true class of each.</param>
    public static Calibrator Fit(CalibrationMethod method, VectorMatrix scores, int[] labels) => new(method, method switch
    {
        CalibrationMethod.Temperature => [Temperature(scores, labels)],
        CalibrationMethod.Platt => [.. Enumerable.Range(0, scores.Dimensions).SelectMany(c => Sigmoid(scores, labels, c))],
        CalibrationMethod.Isotonic =>
            [.. Enumerable.Range(0, scores.Dimensions)
                .SelectMany(c => IsotonicSteps.Fit(Column(scores, c), [.. labels.Select(l => l == c)]))],
        _ => [],
    });

    /// <summary>Converts each row of scores to probabilities.</summary>
    public void Apply(VectorMatrix scores)
    {
        var steps = Method == CalibrationMethod.Isotonic ? IsotonicSteps.Split(Parameters, scores.Dimensions) : [];
        for (var i = 0; i < scores.Count; i++)
        {
            var row = scores[i];
            if (Method == CalibrationMethod.Temperature)
            {
                Softmax(row, Parameters[0]);
                continue;
            }

            for (var c = 0; c < row.Length; c++)
            {
                row[c] = Method == CalibrationMethod.Platt
                    ? 1 / (1 + MathF.Exp(-((Parameters[2 * c] * row[c]) + Parameters[(2 * c) + 1])))
                    : steps[c].Probability(row[c]);
            }

            Normalize(row);
        }
    }

    /// <summary>exp(score / temperature), divided by the sum.</summary>
    public static void Softmax(Span<float> scores, float temperature)
    {
        var greatest = float.NegativeInfinity;
        foreach (var score in scores)
        {
            greatest = Math.Max(greatest, score);
        }

        foreach (ref var score in scores)
        {
            score = MathF.Exp((score - greatest) / temperature);
        }

        Normalize(scores);
    }

    /// <summary>Normalizes to sum 1; uniform if the sum is 0.</summary>
    public static void Normalize(Span<float> row)
    {
        var sum = 0.0;
        foreach (var value in row)
        {
            sum += value;
        }

        foreach (ref var value in row)
        {
            value = sum > 0 ? (float)(value / sum) : 1f / row.Length;
        }
    }

    // The negative log-likelihood is convex in 1 / temperature, so its logarithm is found by ternary search.
    private static float Temperature(VectorMatrix scores, int[] labels)
    {
        double Loss(double logarithm)
        {
            var (sum, row) = (0.0, new float[scores.Dimensions]);
            for (var i = 0; i < scores.Count; i++)
            {
                scores[i].CopyTo(row);
                Softmax(row, (float)Math.Exp(logarithm));
                sum -= Math.Log(Math.Max(LeastProbability, row[labels[i]]));
            }

            return sum;
        }

        var (low, high) = (Math.Log(0.01), Math.Log(100));
        for (var step = 0; step < 40; step++)
        {
            var (a, b) = (low + ((high - low) / 3), high - ((high - low) / 3));
            (low, high) = Loss(a) < Loss(b) ? (low, b) : (a, high);
        }

        return (float)Math.Exp((low + high) / 2);
    }

    // Platt's targets keep the slope finite for a perfectly separated class.
    private static float[] Sigmoid(VectorMatrix scores, int[] labels, int @class)
    {
        var (column, positive) = (Column(scores, @class), labels.Count(l => l == @class));
        var (yes, no) = ((positive + 1.0) / (positive + 2), 1.0 / (labels.Length - positive + 2));
        double Evaluate(double[] p, double[] gradient)
        {
            var loss = 0.0;
            (gradient[0], gradient[1]) = (0, 0);
            for (var i = 0; i < column.Length; i++)
            {
                var x = (p[0] * column[i]) + p[1];
                var target = labels[i] == @class ? yes : no;
                loss += Math.Max(x, 0) - (x * target) + double.LogP1(Math.Exp(-Math.Abs(x)));
                var difference = (1 / (1 + Math.Exp(-x))) - target;
                (gradient[0], gradient[1]) = (gradient[0] + (difference * column[i]), gradient[1] + difference);
            }

            return loss;
        }

        return Array.ConvertAll(Lbfgs.Minimize(Evaluate, [1, 0], 200, 1e-9, null, CancellationToken.None), p => (float)p);
    }

    private static float[] Column(VectorMatrix scores, int c) => [.. Enumerable.Range(0, scores.Count).Select(i => scores[i][c])];
}
