namespace Simile.Analysis.Projections;

/// <summary>The greatest eigenvalues of a symmetric matrix and their eigenvectors, in double and on all cores.</summary>
/// <remarks>
/// Householder reduction to tridiagonal form, QL for the eigenvalues, inverse iteration for as many eigenvectors as are wanted (Golub and
/// Van Loan, Matrix Computations, 8.3 and 8.4.2; LAPACK's stein). Unlike <see cref="Numerics.SymmetricEigen"/> it computes only
/// the requested eigenvectors.
/// </remarks>
internal sealed class LeadingEigen
{
    private const int ParallelFrom = 192;
    private readonly double[][] _a; // row j, right of the diagonal, becomes reflector j
    private readonly double[] _scales; // of reflectors
    private readonly double[] _diagonal;
    private readonly double[] _offDiagonal; // [i] couples i and i + 1

    private LeadingEigen(double[][] matrix)
    {
        _a = matrix;
        _scales = new double[matrix.Length];
        _diagonal = new double[matrix.Length];
        _offDiagonal = new double[matrix.Length];
    }

    /// <summary>
    /// The <paramref name="count"/> greatest eigenvalues, greatest first, and a unit eigenvector for each, orthogonal to the others.
    /// </summary>
    /// <param name="matrix">Rows of a symmetric matrix; they are overwritten.</param>
    /// <param name="count">The number of eigenvectors, at most the number of rows.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    public static (double[] Values, double[][] Vectors) Decompose(
        double[][] matrix, int count, CancellationToken cancellationToken = default)
    {
        var eigen = new LeadingEigen(matrix);
        eigen.Tridiagonalize(cancellationToken);
        var values = Tridiagonal.Eigenvalues(eigen._diagonal, eigen._offDiagonal);
        var vectors = Tridiagonal.Eigenvectors(eigen._diagonal, eigen._offDiagonal, values.AsSpan(0, count), cancellationToken);
        EachVector(count, i => eigen.Reflect(vectors[i]));
        return (values[..count], vectors);
    }

    // Step j: A ← H A H for the reflector H = I − s v vᵀ that clears row j. One pass over memory updates a row and
    // multiplies it with the next reflector.
    private void Tridiagonalize(CancellationToken cancellationToken)
    {
        var n = _a.Length;
        var (v, w, next, product) = (new double[n], new double[n], new double[n], new double[n]);
        for (var j = 0; j < n - 1; j++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _diagonal[j] = _a[j][j];
            var scale = MakeReflector(j, next);
            Multiply(j, v, w, next, product);
            (v, next) = (next, v);
            _scales[j] = scale;
            var inner = DoubleSpan.Dot(v.AsSpan(j + 1), product.AsSpan(j + 1)) * scale * scale / 2;
            for (var i = j + 1; i < n; i++)
            {
                w[i] = (scale * product[i]) - (inner * v[i]);
            }

            v.AsSpan(j + 1).CopyTo(_a[j].AsSpan(j + 1));
            DoubleSpan.AddScaled(-v[j + 1], w.AsSpan(j + 1), _a[j + 1].AsSpan(j + 1));
            DoubleSpan.AddScaled(-w[j + 1], v.AsSpan(j + 1), _a[j + 1].AsSpan(j + 1));
        }

        _diagonal[n - 1] = _a[n - 1][n - 1];
    }

    // The reflector that maps the part of row j right of the diagonal to a multiple of the first unit vector.
    private double MakeReflector(int j, double[] reflector)
    {
        var v = reflector.AsSpan(j + 1);
        _a[j].AsSpan(j + 1).CopyTo(v);
        var norm = Math.Sqrt(DoubleSpan.Dot(v, v));
        if (norm == 0)
        {
            _offDiagonal[j] = 0;
            return 0;
        }

        var alpha = v[0] > 0 ? -norm : norm;
        _offDiagonal[j] = alpha;
        v[0] -= alpha;
        return 1 / (norm * Math.Abs(v[0])); // 2 / vᵀv
    }

    // Applies the previous step's update to rows j + 2 and later (row j + 1 has it already); then product = A · next.
    private void Multiply(int j, double[] v, double[] w, double[] next, double[] product)
    {
        var n = _a.Length;
        if (j == 0)
        {
            EachRow(1, n, i => product[i] = DoubleSpan.Dot(next.AsSpan(1), _a[i].AsSpan(1)));
            return;
        }

        EachRow(j + 1, n, i => product[i] = DoubleSpan.AddScaledThenDot(
            -v[i], w.AsSpan(j + 1), -w[i], v.AsSpan(j + 1), _a[i].AsSpan(j + 1), next.AsSpan(j + 1)));
    }

    private static void EachRow(int from, int to, Action<int> work)
    {
        if (to - from < ParallelFrom)
        {
            for (var i = from; i < to; i++)
            {
                work(i);
            }

            return;
        }

        const int Block = 64;
        Parallel.For(0, (to - from + Block - 1) / Block, block =>
        {
            for (var i = from + (block * Block); i < Math.Min(to, from + ((block + 1) * Block)); i++)
            {
                work(i);
            }
        });
    }

    private static void EachVector(int count, Action<int> work) => Parallel.For(0, count, work);

    // Transforms an eigenvector of the tridiagonal matrix back to one of the original matrix.
    private void Reflect(double[] vector)
    {
        for (var j = _a.Length - 2; j >= 0; j--)
        {
            var reflector = _a[j].AsSpan(j + 1);
            DoubleSpan.AddScaled(-_scales[j] * DoubleSpan.Dot(reflector, vector.AsSpan(j + 1)), reflector, vector.AsSpan(j + 1));
        }
    }
}
