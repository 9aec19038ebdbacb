using System.Numerics.Tensors;
using Simile.Numerics;

namespace Simile.Models.Words;

/// <summary>
/// The largest singular values of a sparse matrix and their right singular vectors, by randomized SVD with power iterations
/// (Halko, Martinsson and Tropp 2011, algorithm 4.4 on the transposed matrix).
/// </summary>
internal static class TruncatedSvd
{
    private const int Oversampling = 20;

    /// <param name="matrix">n × m.</param>
    /// <param name="rank">Number of singular values, at most min(n, m).</param>
    /// <param name="iterations">Number of power iterations; more iterations are more exact.</param>
    /// <param name="seed">Seed of the random start matrix.</param>
    /// <param name="cancellationToken">Stops between products.</param>
    /// <returns>Singular values, largest first; row i of the vectors is the right singular vector of value i: m numbers, length
    /// 1.</returns>
    public static (float[] Values, VectorMatrix Vectors) Run(
        SparseRows matrix, int rank, int iterations, int seed, CancellationToken cancellationToken)
    {
        var transposed = matrix.Transpose();
        var width = Math.Min(rank + Oversampling, Math.Min(matrix.Count, matrix.Width));
        var basis = Orthonormal(Random(width, matrix.Width, seed), cancellationToken);
        for (var i = 0; i < iterations; i++)
        {
            basis = Orthonormal(
                MatrixProduct.Transpose(
                    transposed.Times(matrix.Times(MatrixProduct.Transpose(basis), cancellationToken), cancellationToken)),
                cancellationToken);
        }

        // width × n: row i is A times vector i of the basis
        var small = MatrixProduct.Transpose(matrix.Times(MatrixProduct.Transpose(basis), cancellationToken));
        var eigen = SymmetricEigen.Decompose(Gram(small, cancellationToken));
        var vectors = new VectorMatrix(rank, matrix.Width);
        for (var i = 0; i < rank; i++)
        {
            for (var j = 0; j < width; j++)
            {
                TensorPrimitives.MultiplyAdd(basis[j], eigen.Vectors[i][j], vectors[i], vectors[i]);
            }
        }

        return ([.. eigen.Values.Take(rank).Select(value => MathF.Sqrt(Math.Max(value, 0)))], vectors);
    }

    // Gram-Schmidt, run twice: after one pass, rounding leaves nearly parallel rows not orthogonal.
    private static VectorMatrix Orthonormal(VectorMatrix rows, CancellationToken cancellationToken)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var twice = 0; twice < 2; twice++)
            {
                for (var j = 0; j < i; j++)
                {
                    TensorPrimitives.MultiplyAdd(rows[j], -TensorPrimitives.Dot(rows[j], rows[i]), rows[i], rows[i]);
                }

                var norm = TensorPrimitives.Norm(rows[i]);
                TensorPrimitives.Multiply(rows[i], norm > 1e-20f ? 1 / norm : 0, rows[i]);
            }
        }

        return rows;
    }

    private static VectorMatrix Random(int rows, int columns, int seed)
    {
        var (random, matrix) = (TrainingRandom.For(seed, 0), new VectorMatrix(rows, columns));
        foreach (ref var number in matrix.AsSpan())
        {
            number = random.NextSingle() + random.NextSingle() + random.NextSingle() - 1.5f; // approximately Gaussian
        }

        return matrix;
    }

    private static VectorMatrix Gram(VectorMatrix rows, CancellationToken cancellationToken)
    {
        var gram = new VectorMatrix(rows.Count, rows.Count);
        EachCore.Run(rows.Count, i =>
        {
            for (var j = 0; j < rows.Count; j++)
            {
                gram[i][j] = TensorPrimitives.Dot(rows[i], rows[j]);
            }
        }, cancellationToken);
        return gram;
    }
}
