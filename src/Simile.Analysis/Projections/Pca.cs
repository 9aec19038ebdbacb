using Simile.Analysis.Projections;
using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>Principal component analysis: the directions along which rows vary most, strongest first.</summary>
/// <remarks>
/// Immutable and thread-safe. Components are orthonormal; the sign makes the entry of greatest magnitude positive, as in
/// scikit-learn 1.5 and later. The same rows, options and kind of processor give the same bits on any number of threads.
/// </remarks>
public sealed partial class Pca
{
    private readonly float[] _scales;

    private Pca(double[] mean, VectorMatrix components, double[] variances, double total, int rows, bool whiten)
    {
        (Mean, Components, ExplainedVariance, Rows, Whiten, TotalVariance) =
            ([.. mean.Select(x => (float)x)], components, variances, rows, whiten, total);
        _scales = [.. variances.Select(v => Whiten && v > Negligible(variances) ? (float)(1 / Math.Sqrt(v)) : Whiten ? 0 : 1)];
    }

    /// <summary>The mean of the fitted rows.</summary>
    public IReadOnlyList<float> Mean { get; }

    /// <summary>One component per row, of length 1, orthogonal to the others.</summary>
    public VectorMatrix Components { get; }

    /// <summary>The variance along each component, divided by rows − 1.</summary>
    public IReadOnlyList<double> ExplainedVariance { get; }

    /// <summary>The sum of the variances of all columns.</summary>
    public double TotalVariance { get; }

    /// <summary>The fraction of <see cref="TotalVariance"/> along each component; 0 if the rows do not vary.</summary>
    public IReadOnlyList<double> ExplainedVarianceRatio => [.. ExplainedVariance.Select(v => TotalVariance > 0 ? v / TotalVariance : 0)];

    /// <summary>The singular value of the centered rows for each component.</summary>
    public IReadOnlyList<double> SingularValues => [.. ExplainedVariance.Select(v => Math.Sqrt(v * Math.Max(1, Rows - 1)))];

    /// <summary>The number of fitted rows.</summary>
    public int Rows { get; }

    /// <summary>Whether coordinates are divided by their standard deviation.</summary>
    public bool Whiten { get; }

    /// <summary>A copy with only the first components.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer.</exception>
    public Pca Truncate(int components)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(components, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(components, Components.Count);
        return new Pca(
            [.. Mean.Select(x => (double)x)],
            Components.Slice(0, components),
            [.. ExplainedVariance.Take(components)],
            TotalVariance,
            Rows,
            Whiten);
    }

    /// <summary>The coordinates of rows along the components.</summary>
    /// <param name="rows">n × the columns of the fitted rows.</param>
    /// <returns>n × components.</returns>
    /// <exception cref="ArgumentException">The rows have other columns, or hold NaN or infinity.</exception>
    public VectorMatrix Transform(VectorMatrix rows)
    {
        Check(rows, Components.Dimensions);
        var coordinates = new VectorMatrix(rows.Count, Components.Count);
        MatrixProduct.TimesTransposed(ColumnMeans.Subtract(rows, MeanInDouble()), Components, coordinates);
        EachRow(coordinates.Count, i => Scale(coordinates[i], _scales, inverse: false));
        return coordinates;
    }

    /// <summary>Reconstructs rows from their coordinates. The result lacks the variance outside the components.</summary>
    /// <param name="coordinates">n × components.</param>
    /// <returns>n × the columns of the fitted rows.</returns>
    /// <exception cref="ArgumentException">There are other components, or a coordinate is NaN or infinite.</exception>
    public VectorMatrix InverseTransform(VectorMatrix coordinates)
    {
        Check(coordinates, Components.Count);
        var scaled = new VectorMatrix(coordinates.AsSpan().ToArray(), coordinates.Dimensions);
        EachRow(scaled.Count, i => Scale(scaled[i], _scales, inverse: true));
        var rows = new VectorMatrix(coordinates.Count, Components.Dimensions);
        MatrixProduct.Times(scaled, Components, rows);
        EachRow(rows.Count, i => AddMean(rows[i]));
        return rows;
    }

    /// <summary>
    /// The mean squared error between rows and their reconstructions by
    /// <see cref="InverseTransform"/>.
    /// </summary>
    /// <exception cref="ArgumentException">There are no rows, they have other columns, or hold NaN or infinity.</exception>
    public double ReconstructionError(VectorMatrix rows) => ProjectionQuality.ReconstructionError(rows, InverseTransform(Transform(rows)));

    private static double Negligible(double[] variances) => variances.Length == 0 ? 0 : variances[0] * 1e-12;

    private double[] MeanInDouble() => [.. Mean.Select(x => (double)x)];

    private void AddMean(Span<float> row)
    {
        for (var j = 0; j < row.Length; j++)
        {
            row[j] += Mean[j];
        }
    }

    private static void Scale(Span<float> row, float[] scales, bool inverse)
    {
        for (var j = 0; j < row.Length; j++)
        {
            row[j] = !inverse ? row[j] * scales[j] : scales[j] == 0 ? 0 : row[j] / scales[j];
        }
    }

    private static void EachRow(int count, Action<int> work) => EachCore.Run(count, work, CancellationToken.None);

    private static void Check(VectorMatrix rows, int columns)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Dimensions != columns)
        {
            throw new ArgumentException(
                $"The rows have {rows.Dimensions} columns, but must have {columns}, like the fitted rows.", nameof(rows));
        }

        VectorMath.ThrowIfNotFinite(rows.AsSpan());
    }
}
