using System.Numerics;
using Simile.Analysis.Projections;
using Simile.Numerics;

namespace Simile.Analysis;

/// <content>Finding the components.</content>
public sealed partial class Pca
{
    private const int ExactUpTo = 1500;
    private const int Oversampled = 10; // as scikit-learn

    /// <summary>Finds the principal components of rows.</summary>
    /// <param name="rows">At least two vectors.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">
    /// There are fewer than two rows, a row holds NaN or infinity, or an option is out of range.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static Pca Fit(VectorMatrix rows, PcaOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new PcaOptions();
        options.Validate();
        if (rows.Count < 2)
        {
            throw new ArgumentException($"{rows.Count} rows do not vary: give at least two.", nameof(rows));
        }

        VectorMath.ThrowIfNotFinite(rows.AsSpan());
        var mean = ColumnMeans.Of(rows);
        var centered = ColumnMeans.Subtract(rows, mean);
        var count = Math.Min(options.Components ?? int.MaxValue, Math.Min(rows.Count, rows.Dimensions));
        var (variances, components) = Solve(centered, count, options, cancellationToken);
        FlipSigns(components);
        return new Pca(mean, components, variances, SumOfSquares(centered.AsSpan()) / (rows.Count - 1), rows.Count, options.Whiten);
    }

    private static (double[] Variances, VectorMatrix Components) Solve(
        VectorMatrix centered, int count, PcaOptions options, CancellationToken cancellationToken)
    {
        var least = Math.Min(centered.Count, centered.Dimensions);
        var randomized = options.Solver == PcaSolver.Randomized
            || (options.Solver == PcaSolver.Auto && least > ExactUpTo && count < least / 5);
        return randomized ? SolveRandomized(centered, count, options, cancellationToken)
            : centered.Dimensions <= centered.Count ? SolveByCovariance(centered, count, cancellationToken)
            : SolveByGram(centered, count, cancellationToken);
    }

    private static (double[] Variances, VectorMatrix Components) SolveByCovariance(
        VectorMatrix centered, int count, CancellationToken cancellationToken)
    {
        var (values, vectors) = LeadingEigen.Decompose(Gram.OfColumns(centered, cancellationToken), count, cancellationToken);
        return ([.. values.Select(v => Math.Max(0, v) / (centered.Count - 1))], ToMatrix(vectors));
    }

    // X Xᵀ u = σ² u, and the component is Xᵀ u / σ.
    private static (double[] Variances, VectorMatrix Components) SolveByGram(
        VectorMatrix centered, int count, CancellationToken cancellationToken)
    {
        var (values, vectors) = LeadingEigen.Decompose(Gram.OfRows(centered, cancellationToken), count, cancellationToken);
        var components = new VectorMatrix(count, centered.Dimensions);
        MatrixProduct.Times(ToMatrix(vectors), centered, components);
        Orthonormal.Make(components, seed: 1);
        return ([.. values.Select(v => Math.Max(0, v) / (centered.Count - 1))], components);
    }

    private static (double[] Variances, VectorMatrix Components) SolveRandomized(
        VectorMatrix centered, int count, PcaOptions options, CancellationToken cancellationToken)
    {
        var basis = Orthonormal.Random(
            Math.Min(count + Oversampled, Math.Min(centered.Count, centered.Dimensions)), centered.Dimensions, options.Seed);
        // Each iteration multiplies by X and Xᵀ, or by the precomputed product XᵀX if that costs less.
        var product = centered.Dimensions <= 2 * basis.Count * (options.PowerIterations + 1) && centered.Dimensions <= centered.Count
            ? ToMatrix(Gram.OfColumns(centered, cancellationToken)) : null;
        for (var round = 0; round <= options.PowerIterations; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            basis = Multiply(basis, centered, product);
            Orthonormal.Make(basis, options.Seed + round + 1);
        }

        // A small eigenproblem finds the exact components within the basis (Rayleigh-Ritz).
        var small = new VectorMatrix(basis.Count, basis.Count);
        MatrixProduct.TimesTransposed(basis, Multiply(basis, centered, product), small);
        var (values, vectors) = LeadingEigen.Decompose(Symmetric(small), count, cancellationToken);
        var components = new VectorMatrix(count, centered.Dimensions);
        MatrixProduct.Times(ToMatrix(vectors), basis, components);
        return ([.. values.Select(v => Math.Max(0, v) / (centered.Count - 1))], components);
    }

    // basis · XᵀX
    private static VectorMatrix Multiply(VectorMatrix basis, VectorMatrix centered, VectorMatrix? product)
    {
        var result = new VectorMatrix(basis.Count, basis.Dimensions);
        if (product is not null)
        {
            MatrixProduct.Times(basis, product, result);
            return result;
        }

        var along = new VectorMatrix(basis.Count, centered.Count);
        MatrixProduct.TimesTransposed(basis, centered, along);
        MatrixProduct.Times(along, centered, result);
        return result;
    }

    private static double[][] Symmetric(VectorMatrix matrix)
    {
        double[] Row(int i) => [.. Enumerable.Range(0, matrix.Count).Select(j => ((double)matrix[i][j] + matrix[j][i]) / 2)];
        return [.. Enumerable.Range(0, matrix.Count).Select(Row)];
    }

    private static void FlipSigns(VectorMatrix components)
    {
        for (var i = 0; i < components.Count; i++)
        {
            var component = components[i];
            var greatest = 0f;
            foreach (var x in component)
            {
                greatest = Math.Abs(x) > Math.Abs(greatest) ? x : greatest;
            }

            VectorMath.Scale(component, greatest < 0 ? -1 : 1, component);
        }
    }

    private static VectorMatrix ToMatrix(double[][] rows)
    {
        var matrix = new VectorMatrix(rows.Length, rows[0].Length);
        for (var i = 0; i < rows.Length; i++)
        {
            var row = matrix[i];
            for (var j = 0; j < row.Length; j++)
            {
                row[j] = (float)rows[i][j];
            }
        }

        return matrix;
    }

    private static double SumOfSquares(ReadOnlySpan<float> values)
    {
        var (sums, at) = (Vector<double>.Zero, 0);
        for (; at <= values.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(values[at..]), out var low, out var high);
            sums += (low * low) + (high * high);
        }

        var sum = Vector.Sum(sums);
        foreach (var x in values[at..])
        {
            sum += (double)x * x;
        }

        return sum;
    }
}
