using Simile.Numerics;

namespace Simile.Analysis.Projections;

/// <summary>
/// The eigenvectors of a graph's normalized Laplacian with the smallest eigenvalues, without the constant one (Belkin and Niyogi
/// 2003).
/// </summary>
internal static class SpectralStart
{
    private const int Vectors = 8; // more than needed, for faster convergence
    private const int Rounds = 60;
    private const int Products = 4; // matrix products between two orthonormalizations

    /// <summary>Two coordinates of each row, by subspace iteration. Accurate enough for an initialization.</summary>
    public static (float[] X, float[] Y) Of(Affinities graph, int seed, CancellationToken cancellationToken)
    {
        var roots = Roots(graph);
        var basis = Orthonormal.Random(Math.Min(Vectors, graph.Count), graph.Count, seed);
        roots.CopyTo(basis[0]); // the eigenvector of the greatest eigenvalue is known
        var product = new VectorMatrix(basis.Count, graph.Count);
        for (var round = 0; round < Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Orthonormal.Make(basis, seed + round);
            for (var i = 0; i < Products; i++)
            {
                Parallel.For(0, basis.Count, v => Multiply(graph, roots, basis[v], product[v]));
                (basis, product) = (product, basis);
            }
        }

        Orthonormal.Make(basis, seed);
        return Turn(graph, roots, basis);
    }

    // A small eigenproblem finds the exact eigenvectors within the span of the basis.
    private static (float[] X, float[] Y) Turn(Affinities graph, float[] roots, VectorMatrix basis)
    {
        var product = new VectorMatrix(basis.Count, basis.Dimensions);
        Parallel.For(0, basis.Count, v => Multiply(graph, roots, basis[v], product[v]));
        var small = new VectorMatrix(basis.Count, basis.Count);
        MatrixProduct.TimesTransposed(product, basis, small);
        var eigen = SymmetricEigen.Decompose(small);
        var turned = new VectorMatrix(basis.Count, basis.Dimensions);
        MatrixProduct.Times(eigen.Vectors, basis, turned);
        return (Coordinates(turned, roots, 1), Coordinates(turned, roots, 2));
    }

    private static float[] Coordinates(VectorMatrix vectors, float[] roots, int index) =>
        index < vectors.Count
            ? [.. Enumerable.Range(0, roots.Length).Select(i => vectors[index][i] / Math.Max(roots[i], 1e-12f))]
            : new float[roots.Length];

    private static float[] Roots(Affinities graph)
    {
        var roots = new float[graph.Count];
        for (var i = 0; i < roots.Length; i++)
        {
            var degree = 0.0;
            foreach (var weight in graph.Weights.AsSpan(graph.Starts[i], graph.Starts[i + 1] - graph.Starts[i]))
            {
                degree += weight;
            }

            roots[i] = (float)Math.Sqrt(degree);
        }

        return roots;
    }

    // Multiplies by (I + D^−½ W D^−½) / 2, whose eigenvalues are all 0 to 1.
    private static void Multiply(Affinities graph, float[] roots, ReadOnlySpan<float> x, Span<float> target)
    {
        for (var i = 0; i < target.Length; i++)
        {
            var sum = 0f;
            for (var at = graph.Starts[i]; at < graph.Starts[i + 1]; at++)
            {
                var j = graph.Columns[at];
                sum += graph.Weights[at] > 0 ? graph.Weights[at] / roots[j] * x[j] : 0;
            }

            target[i] = (x[i] + (roots[i] > 0 ? sum / roots[i] : 0)) / 2;
        }
    }
}
