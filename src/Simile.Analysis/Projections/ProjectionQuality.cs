using Simile.Analysis.Projections;
using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>Measures how well a projection preserves the rows.</summary>
/// <remarks>Time grows with the square of the number of rows. For more than some thousand rows, use a sample.</remarks>
public static class ProjectionQuality
{
    /// <summary>
    /// Trustworthiness (Venna and Kaski 2001), 0 to 1: near 1 if neighbors in the projection are also near each other among the rows.
    /// The same as scikit-learn's; ties are ranked by row index.
    /// </summary>
    /// <param name="rows">n vectors.</param>
    /// <param name="projection">The n projected points.</param>
    /// <param name="k">Number of neighbors, less than n / 2.</param>
    /// <param name="metric">The metric of the rows; projected points are compared by Euclidean distance.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">The counts differ, there are not more than 2 k rows, or a number is NaN or infinite.</exception>
    public static double Trustworthiness(
        VectorMatrix rows, VectorMatrix projection, int k = 5, Metric metric = Metric.L2, CancellationToken cancellationToken = default)
    {
        Check(rows, projection, k);
        var places = NeighborGraph.Build(projection, new NeighborGraphOptions { K = k, ExactUpTo = int.MaxValue }, null, cancellationToken);
        return Score(NeighborRanks.Penalty(rows, metric, places, cancellationToken), rows.Count, k);
    }

    /// <summary>
    /// Continuity, 0 to 1: near 1 if neighbors among the rows are also near each other in the projection. It is trustworthiness with the
    /// two spaces exchanged.
    /// </summary>
    /// <inheritdoc cref="Trustworthiness"/>
    public static double Continuity(
        VectorMatrix rows, VectorMatrix projection, int k = 5, Metric metric = Metric.L2, CancellationToken cancellationToken = default)
    {
        Check(rows, projection, k);
        var neighbors = NeighborGraph.Build(
            rows, new NeighborGraphOptions { K = k, Metric = metric, ExactUpTo = int.MaxValue }, null, cancellationToken);
        return Score(NeighborRanks.Penalty(projection, Metric.L2, neighbors, cancellationToken), rows.Count, k);
    }

    /// <summary>
    /// The leave-one-out accuracy of a k-nearest-neighbor vote: the fraction of points whose label wins among their k nearest other points.
    /// On a tie the label of the nearest point wins.
    /// </summary>
    /// <param name="projection">n points.</param>
    /// <param name="labels">Their n labels.</param>
    /// <param name="k">Number of neighbors that vote, less than n.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">The counts differ, or there are not more than k points.</exception>
    public static double NeighborAccuracy(
        VectorMatrix projection, ReadOnlySpan<int> labels, int k = 10, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(projection);
        if (labels.Length != projection.Count)
        {
            throw new ArgumentException($"{labels.Length} labels do not fit {projection.Count} points: give one for each.", nameof(labels));
        }

        var graph = NeighborGraph.Build(projection, new NeighborGraphOptions { K = k }, null, cancellationToken);
        var right = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            right += Vote(graph.Neighbors(i), labels) == labels[i] ? 1 : 0;
        }

        return (double)right / labels.Length;
    }

    /// <summary>The mean squared error between rows and their reconstructions.</summary>
    /// <exception cref="ArgumentException">There are no rows, or the sizes differ.</exception>
    public static double ReconstructionError(VectorMatrix rows, VectorMatrix rebuilt)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(rebuilt);
        var a = rows.AsSpan();
        var b = rebuilt.AsSpan();
        if (a.Length == 0 || rows.Count != rebuilt.Count || rows.Dimensions != rebuilt.Dimensions)
        {
            throw new ArgumentException(
                $"{rebuilt.Count} × {rebuilt.Dimensions} reconstructed numbers do not fit {rows.Count} × {rows.Dimensions}: "
                + "give at least one row, and one reconstruction for each.");
        }

        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            var difference = (double)a[i] - b[i];
            sum += difference * difference;
        }

        return sum / a.Length;
    }

    private static double Score(double penalty, int n, int k) => 1 - (penalty * 2 / ((double)n * k * ((2.0 * n) - (3.0 * k) - 1)));

    private static int Vote(ReadOnlySpan<int> neighbors, ReadOnlySpan<int> labels)
    {
        var (best, most) = (0, 0);
        foreach (var neighbor in neighbors)
        {
            var votes = 0;
            foreach (var other in neighbors)
            {
                votes += labels[other] == labels[neighbor] ? 1 : 0;
            }

            (best, most) = votes > most ? (labels[neighbor], votes) : (best, most);
        }

        return best;
    }

    private static void Check(VectorMatrix rows, VectorMatrix projection, int k)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(projection);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        if (rows.Count != projection.Count)
        {
            throw new ArgumentException($"{projection.Count} points do not fit {rows.Count} rows: give one for each.", nameof(projection));
        }

        if (2L * k >= rows.Count)
        {
            throw new ArgumentException(
                $"{k} neighbors of {rows.Count} rows are too many: give less than half the number of rows.", nameof(k));
        }

        VectorMath.ThrowIfNotFinite(rows.AsSpan());
        VectorMath.ThrowIfNotFinite(projection.AsSpan());
    }
}
