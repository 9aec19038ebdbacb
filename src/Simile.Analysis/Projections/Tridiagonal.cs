namespace Simile.Analysis.Projections;

/// <summary>Eigenvalues and eigenvectors of a symmetric tridiagonal matrix.</summary>
internal static class Tridiagonal
{
    private const int Sweeps = 60;
    private const double Epsilon = 2.220446049250313e-16;

    // Eigenvalues closer than this fraction of the norm form a cluster, whose eigenvectors are orthogonalized against each other (as in
    // LAPACK's stein).
    private const double Cluster = 1e-3;

    /// <summary>All eigenvalues, greatest first: QL with implicit shifts (Wilkinson).</summary>
    public static double[] Eigenvalues(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> offDiagonal)
    {
        var (d, e) = (diagonal.ToArray(), offDiagonal.ToArray());
        var n = d.Length;
        e[n - 1] = 0;
        for (var l = 0; l < n; l++)
        {
            for (var sweep = 0; sweep < Sweeps; sweep++)
            {
                var m = l;
                while (m < n - 1 && Math.Abs(e[m]) > Epsilon * (Math.Abs(d[m]) + Math.Abs(d[m + 1])))
                {
                    m++;
                }

                if (m == l)
                {
                    break;
                }

                Sweep(d, e, l, m);
            }
        }

        Array.Sort(d);
        Array.Reverse(d);
        return d;
    }

    private static void Sweep(double[] d, double[] e, int l, int m)
    {
        var g = (d[l + 1] - d[l]) / (2 * e[l]);
        g = d[m] - d[l] + (e[l] / (g + Math.CopySign(Math.Sqrt((g * g) + 1), g)));
        double s = 1, c = 1, p = 0;
        for (var i = m - 1; i >= l; i--)
        {
            var (f, b) = (s * e[i], c * e[i]);
            var r = Math.Sqrt((f * f) + (g * g));
            e[i + 1] = r;
            if (r == 0)
            {
                d[i + 1] -= p;
                e[m] = 0;
                return;
            }

            (s, c) = (f / r, g / r);
            g = d[i + 1] - p;
            r = ((d[i] - g) * s) + (2 * c * b);
            p = s * r;
            d[i + 1] = g + p;
            g = (c * r) - b;
        }

        d[l] -= p;
        e[l] = g;
        e[m] = 0;
    }

    /// <summary>A unit eigenvector for each given eigenvalue, greatest first, by inverse iteration.</summary>
    public static double[][] Eigenvectors(
        double[] diagonal, double[] offDiagonal, ReadOnlySpan<double> values, CancellationToken cancellationToken)
    {
        var norm = Norm(diagonal, offDiagonal);
        var vectors = new double[values.Length][];
        var solver = new ShiftedSolver(diagonal, offDiagonal, Math.Max(norm * Epsilon, double.Epsilon * 1e16));
        var random = new Random(1);
        var (first, shift) = (0, double.PositiveInfinity);
        for (var i = 0; i < values.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            first = i > 0 && values[i - 1] - values[i] > Cluster * norm ? i : first;
            // Equal shifts would give equal vectors.
            shift = Math.Min(values[i], shift - (10 * Epsilon * norm));
            vectors[i] = Iterate(solver, shift, vectors.AsSpan(first, i - first), random);
        }

        return vectors;
    }

    private static double[] Iterate(ShiftedSolver solver, double shift, ReadOnlySpan<double[]> cluster, Random random)
    {
        solver.Factor(shift);
        var x = new double[solver.Length];
        for (var i = 0; i < x.Length; i++)
        {
            x[i] = random.NextDouble() - 0.5;
        }

        for (var round = 0; round < 4; round++)
        {
            solver.Solve(x);
            Normalize(x);
            foreach (var other in cluster)
            {
                DoubleSpan.AddScaled(-DoubleSpan.Dot(other, x), other, x);
            }

            Normalize(x);
        }

        // Orthogonalize again: a vector nearly in the span of the others has a large rounding error.
        foreach (var other in cluster)
        {
            DoubleSpan.AddScaled(-DoubleSpan.Dot(other, x), other, x);
        }

        Normalize(x);
        return x;
    }

    private static void Normalize(double[] x)
    {
        var largest = 0.0;
        foreach (var value in x)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        DoubleSpan.Scale(largest > 0 ? 1 / largest : 0, x);
        var norm = Math.Sqrt(DoubleSpan.Dot(x, x));
        DoubleSpan.Scale(norm > 0 ? 1 / norm : 0, x);
    }

    private static double Norm(double[] diagonal, double[] offDiagonal)
    {
        var norm = 0.0;
        for (var i = 0; i < diagonal.Length; i++)
        {
            norm = Math.Max(norm, Math.Abs(diagonal[i]) + Math.Abs(offDiagonal[i]) + (i > 0 ? Math.Abs(offDiagonal[i - 1]) : 0));
        }

        return norm;
    }

    /// <summary>Solves (T − shift) x = b by Gaussian elimination with row exchanges; a zero pivot is replaced by a tiny number.</summary>
    private sealed class ShiftedSolver(double[] diagonal, double[] offDiagonal, double tiny)
    {
        private readonly double[] _pivot = new double[diagonal.Length];
        private readonly double[] _right = new double[diagonal.Length];
        private readonly double[] _far = new double[diagonal.Length];
        private readonly double[] _factor = new double[diagonal.Length];
        private readonly bool[] _exchanged = new bool[diagonal.Length];

        public int Length => diagonal.Length;

        public void Factor(double shift)
        {
            var n = Length;
            var (pivot, right) = (diagonal[0] - shift, n > 1 ? offDiagonal[0] : 0);
            for (var i = 0; i < n - 1; i++)
            {
                var (below, own, next) = (offDiagonal[i], diagonal[i + 1] - shift, i + 2 < n ? offDiagonal[i + 1] : 0);
                _exchanged[i] = Math.Abs(below) > Math.Abs(pivot);
                if (_exchanged[i])
                {
                    _factor[i] = pivot / below;
                    (_pivot[i], _right[i], _far[i]) = (below, own, next);
                    (pivot, right) = (right - (_factor[i] * own), -_factor[i] * next);
                    continue;
                }

                pivot = Math.Abs(pivot) < tiny ? tiny : pivot;
                _factor[i] = below / pivot;
                (_pivot[i], _right[i], _far[i]) = (pivot, right, 0);
                (pivot, right) = (own - (_factor[i] * right), next);
            }

            _pivot[n - 1] = Math.Abs(pivot) < tiny ? tiny : pivot;
        }

        public void Solve(double[] x)
        {
            var n = Length;
            for (var i = 0; i < n - 1; i++)
            {
                if (_exchanged[i])
                {
                    (x[i], x[i + 1]) = (x[i + 1], x[i]);
                }

                x[i + 1] -= _factor[i] * x[i];
            }

            x[n - 1] /= _pivot[n - 1];
            for (var i = n - 2; i >= 0; i--)
            {
                x[i] = (x[i] - (_right[i] * x[i + 1]) - (i + 2 < n ? _far[i] * x[i + 2] : 0)) / _pivot[i];
            }
        }
    }
}
