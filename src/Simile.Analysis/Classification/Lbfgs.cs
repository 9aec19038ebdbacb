namespace Simile.Analysis;

/// <summary>
/// Minimizes a smooth function by L-BFGS (Liu and Nocedal 1989) in double precision, with a strong Wolfe line search (Nocedal and Wright
/// 2006, 3.5 and 3.6).
/// </summary>
internal sealed class Lbfgs
{
    private const int Memory = 10;
    private const double Decrease = 1e-4;
    private const double Curvature = 0.9;
    private const int MaxTrials = 25;

    // Values are sums of floats. Differences below this share are rounding; near the minimum only slopes are reliable.
    private const double Rounding = 1e-7;

    private readonly Func<double[], double[], double> _evaluate;
    private readonly Queue<(double[] Step, double[] Change, double Inverse)> _pairs = new();
    private double[] _point;
    private double[] _gradient;
    private double _value;

    private Lbfgs(Func<double[], double[], double> evaluate, double[] start)
    {
        (_evaluate, _point, _gradient) = (evaluate, start, new double[start.Length]);
        _value = evaluate(_point, _gradient);
    }

    /// <summary>The minimum.</summary>
    /// <param name="evaluate">Returns the value at a point and writes the gradient to its second argument.</param>
    /// <param name="start">The initial point.</param>
    /// <param name="iterations">Maximum number of iterations.</param>
    /// <param name="tolerance">Stops when no gradient component exceeds this share of the largest initial one, or of 1.</param>
    /// <param name="report">Optional progress callback.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    public static double[] Minimize(
        Func<double[], double[], double> evaluate,
        double[] start,
        int iterations,
        double tolerance,
        Action<int>? report,
        CancellationToken cancellationToken)
    {
        var search = new Lbfgs(evaluate, start);
        var enough = tolerance * Math.Max(1, search._gradient.Max(Math.Abs));
        for (var step = 0; step < iterations && search._gradient.Max(Math.Abs) > enough; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            report?.Invoke(step);
            if (!search.Step() && !search.Restart())
            {
                break;
            }
        }

        return search._point;
    }

    // If rounding prevents a descent along the quasi-Newton direction, the gradient may still descend.
    private bool Restart()
    {
        if (_pairs.Count == 0)
        {
            return false;
        }

        _pairs.Clear();
        return true;
    }

    private bool Step()
    {
        var direction = Direction();
        var slope = Dot(_gradient, direction);
        if (!(slope < 0))
        {
            return false;
        }

        var first = _pairs.Count == 0 ? Math.Min(1, 1 / Math.Sqrt(Dot(_gradient, _gradient))) : 1;
        var (point, gradient, value) = Search(direction, slope, first);
        if (point is null)
        {
            return false;
        }

        Remember(Subtract(point, _point), Subtract(gradient, _gradient));
        (_point, _gradient, _value) = (point, gradient, value);
        return true;
    }

    // The two-loop recursion.
    private double[] Direction()
    {
        var direction = Array.ConvertAll(_gradient, g => -g);
        var pairs = _pairs.Reverse().ToArray();
        var shares = new double[pairs.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            shares[i] = pairs[i].Inverse * Dot(pairs[i].Step, direction);
            AddTo(direction, -shares[i], pairs[i].Change);
        }

        if (pairs.Length > 0)
        {
            var scale = 1 / (pairs[0].Inverse * Dot(pairs[0].Change, pairs[0].Change));
            direction = Array.ConvertAll(direction, d => d * scale);
        }

        for (var i = pairs.Length - 1; i >= 0; i--)
        {
            AddTo(direction, shares[i] - (pairs[i].Inverse * Dot(pairs[i].Change, direction)), pairs[i].Step);
        }

        return direction;
    }

    private void Remember(double[] step, double[] change)
    {
        var curvature = Dot(step, change);
        if (curvature <= 1e-16 * Dot(change, change))
        {
            return;
        }

        _pairs.Enqueue((step, change, 1 / curvature));
        if (_pairs.Count > Memory)
        {
            _pairs.Dequeue();
        }
    }

    // Doubles the step until it is too long, then bisects the bracket by the slope.
    private (double[]? Point, double[] Gradient, double Value) Search(double[] direction, double slope, double step)
    {
        var rounding = Rounding * Math.Abs(_value);
        var (low, high, best) = (0.0, double.PositiveInfinity, ((double[]?)null, Array.Empty<double>(), _value + rounding));
        for (var trial = 0; trial < MaxTrials; trial++)
        {
            var (point, gradient) = ((double[])_point.Clone(), new double[_point.Length]);
            AddTo(point, step, direction);
            var value = _evaluate(point, gradient);
            var here = Dot(gradient, direction);
            if (!(value <= _value + (Decrease * step * slope) + rounding))
            {
                high = step;
            }
            else
            {
                best = value <= best.Item3 ? (point, gradient, value) : best;
                if (Math.Abs(here) <= -Curvature * slope)
                {
                    return (point, gradient, value);
                }

                (low, high) = here < 0 ? (step, high) : (low, step);
            }

            step = double.IsPositiveInfinity(high) ? 2 * low : (low + high) / 2;
        }

        return best;
    }

    private static double[] Subtract(double[] a, double[] b)
    {
        var difference = new double[a.Length];
        for (var i = 0; i < a.Length; i++)
        {
            difference[i] = a[i] - b[i];
        }

        return difference;
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static void AddTo(double[] target, double factor, double[] x)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] += factor * x[i];
        }
    }
}
