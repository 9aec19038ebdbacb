namespace Simile.Numerics;

/// <summary>The eigenvalues and eigenvectors of a symmetric matrix, largest first.</summary>
/// <remarks>
/// Householder reduction to tridiagonal form, then QL with implicit shifts, in double (Wilkinson and Reinsch, Handbook for
/// Automatic Computation II, 1971: tred2 and tql2). O(n³): a few tenths of a second at n = 384.
/// </remarks>
public sealed class SymmetricEigen
{
    private const int MaxSweeps = 60;

    private readonly double[][] _v; // column i becomes eigenvector i
    private readonly double[] _d;
    private readonly double[] _e;

    private SymmetricEigen(VectorMatrix matrix)
    {
        _v = [.. Enumerable.Range(0, matrix.Count).Select(i => Array.ConvertAll(matrix[i].ToArray(), x => (double)x))];
        _d = new double[matrix.Count];
        _e = new double[matrix.Count];
    }

    /// <summary>Eigenvalues, largest first.</summary>
    public float[] Values { get; private set; } = [];

    /// <summary>Row i is the unit eigenvector of <see cref="Values"/>[i]. Its sign makes its largest component positive.</summary>
    public VectorMatrix Vectors { get; private set; } = new(0, 1);

    /// <summary>Decomposes a symmetric matrix. Only the lower triangle is read.</summary>
    /// <exception cref="ArgumentException">The matrix is not square, is empty, or holds NaN or infinity.</exception>
    public static SymmetricEigen Decompose(VectorMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.Count != matrix.Dimensions)
        {
            throw new ArgumentException(
                $"A matrix of {matrix.Count} × {matrix.Dimensions} is not square: eigenvectors need a square matrix.", nameof(matrix));
        }

        VectorMath.ThrowIfNotFinite(matrix.AsSpan());
        var eigen = new SymmetricEigen(matrix);
        eigen.Tridiagonalize();
        eigen.Diagonalize();
        eigen.Sort();
        return eigen;
    }

    private void Tridiagonalize()
    {
        var n = _d.Length;
        _v[n - 1].CopyTo(_d, 0);
        for (var i = n - 1; i > 0; i--)
        {
            var scale = 0.0;
            for (var k = 0; k < i; k++)
            {
                scale += Math.Abs(_d[k]);
            }

            var h = scale == 0 || i == 1 ? SkipColumn(i) : ReflectColumn(i, scale);
            _d[i] = h;
        }

        AccumulateReflections();
    }

    private double SkipColumn(int i)
    {
        _e[i] = _d[i - 1];
        for (var j = 0; j < i; j++)
        {
            _d[j] = _v[i - 1][j];
            _v[i][j] = 0;
            _v[j][i] = 0;
        }

        return 0;
    }

    private double ReflectColumn(int i, double scale)
    {
        var h = 0.0;
        for (var k = 0; k < i; k++)
        {
            _d[k] /= scale;
            h += _d[k] * _d[k];
        }

        var f = _d[i - 1];
        var g = f > 0 ? -Math.Sqrt(h) : Math.Sqrt(h);
        _e[i] = scale * g;
        h -= f * g;
        _d[i - 1] = f - g;
        Array.Clear(_e, 0, i);
        ApplySimilarity(i);

        f = 0;
        for (var j = 0; j < i; j++)
        {
            _e[j] /= h;
            f += _e[j] * _d[j];
        }

        var hh = f / (h + h);
        for (var j = 0; j < i; j++)
        {
            _e[j] -= hh * _d[j];
        }

        for (var j = 0; j < i; j++)
        {
            (f, g) = (_d[j], _e[j]);
            for (var k = j; k < i; k++)
            {
                _v[k][j] -= (f * _e[k]) + (g * _d[k]);
            }

            _d[j] = _v[i - 1][j];
            _v[i][j] = 0;
        }

        return h;
    }

    private void ApplySimilarity(int i)
    {
        for (var j = 0; j < i; j++)
        {
            var f = _d[j];
            _v[j][i] = f;
            var g = _e[j] + (_v[j][j] * f);
            for (var k = j + 1; k < i; k++)
            {
                g += _v[k][j] * _d[k];
                _e[k] += _v[k][j] * f;
            }

            _e[j] = g;
        }
    }

    private void AccumulateReflections()
    {
        var n = _d.Length;
        for (var i = 0; i < n - 1; i++)
        {
            _v[n - 1][i] = _v[i][i];
            _v[i][i] = 1;
            var h = _d[i + 1];
            if (h != 0)
            {
                AccumulateReflection(i, h);
            }

            for (var k = 0; k <= i; k++)
            {
                _v[k][i + 1] = 0;
            }
        }

        for (var j = 0; j < n; j++)
        {
            _d[j] = _v[n - 1][j];
            _v[n - 1][j] = 0;
        }

        _v[n - 1][n - 1] = 1;
        _e[0] = 0;
    }

    private void AccumulateReflection(int i, double h)
    {
        for (var k = 0; k <= i; k++)
        {
            _d[k] = _v[k][i + 1] / h;
        }

        // Row by row, to read memory in order: sums[j] = Σₖ v[k][i+1] v[k][j].
        var sums = new double[i + 1];
        for (var k = 0; k <= i; k++)
        {
            var (row, factor) = (_v[k], _v[k][i + 1]);
            for (var j = 0; j <= i; j++)
            {
                sums[j] += factor * row[j];
            }
        }

        for (var k = 0; k <= i; k++)
        {
            var (row, factor) = (_v[k], _d[k]);
            for (var j = 0; j <= i; j++)
            {
                row[j] -= sums[j] * factor;
            }
        }
    }

    private void Diagonalize()
    {
        var n = _d.Length;
        Array.Copy(_e, 1, _e, 0, n - 1);
        _e[n - 1] = 0;
        TransposeVectors(); // the rotations below mix two vectors at a time: as rows they lie in memory one after another
        double f = 0, largest = 0;
        for (var l = 0; l < n; l++)
        {
            largest = Math.Max(largest, Math.Abs(_d[l]) + Math.Abs(_e[l]));
            var m = l;
            while (m < n - 1 && Math.Abs(_e[m]) > double.Epsilon + (Math.BitIncrement(1.0) - 1) * largest)
            {
                m++;
            }

            for (var sweep = 0; m > l && Math.Abs(_e[l]) > (Math.BitIncrement(1.0) - 1) * largest && sweep < MaxSweeps; sweep++)
            {
                f += Shift(l);
                Sweep(l, m);
            }

            _d[l] += f;
            _e[l] = 0;
        }
    }

    private double Shift(int l)
    {
        var g = _d[l];
        var p = (_d[l + 1] - g) / (2 * _e[l]);
        var r = p < 0 ? -Math.Sqrt((p * p) + 1) : Math.Sqrt((p * p) + 1);
        _d[l] = _e[l] / (p + r);
        _d[l + 1] = _e[l] * (p + r);
        var h = g - _d[l];
        for (var i = l + 2; i < _d.Length; i++)
        {
            _d[i] -= h;
        }

        return h;
    }

    private void Sweep(int l, int m)
    {
        var p = _d[m];
        double c = 1, c2 = 1, c3 = 1, s = 0, s2 = 0;
        var el1 = _e[l + 1];
        var dl1 = _d[l + 1];
        for (var i = m - 1; i >= l; i--)
        {
            (c3, c2, s2) = (c2, c, s);
            var g = c * _e[i];
            var h = c * p;
            var r = double.Hypot(p, _e[i]);
            _e[i + 1] = s * r;
            (s, c) = (_e[i] / r, p / r);
            p = (c * _d[i]) - (s * g);
            _d[i + 1] = h + (s * ((c * g) + (s * _d[i])));
            Rotate(_v[i], _v[i + 1], c, s);
        }

        p = -s * s2 * c3 * el1 * _e[l] / dl1;
        _e[l] = s * p;
        _d[l] = c * p;
    }

    private static void Rotate(double[] x, double[] y, double c, double s)
    {
        for (var k = 0; k < x.Length; k++)
        {
            var h = y[k];
            y[k] = (s * x[k]) + (c * h);
            x[k] = (c * x[k]) - (s * h);
        }
    }

    private void TransposeVectors()
    {
        for (var i = 0; i < _v.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                (_v[i][j], _v[j][i]) = (_v[j][i], _v[i][j]);
            }
        }
    }

    private void Sort()
    {
        var order = Enumerable.Range(0, _d.Length).OrderByDescending(i => _d[i]).ToArray();
        Values = [.. order.Select(i => (float)_d[i])];
        Vectors = new VectorMatrix(_d.Length, _d.Length);
        for (var rank = 0; rank < order.Length; rank++)
        {
            var vector = _v[order[rank]];
            var largest = vector.MaxBy(Math.Abs);
            for (var k = 0; k < vector.Length; k++)
            {
                Vectors[rank][k] = (float)(largest < 0 ? -vector[k] : vector[k]);
            }
        }
    }
}
