using Simile.Index;
using Simile.Numerics;

namespace Simile.Analysis;

/// <content>Construction.</content>
public sealed partial class NeighborGraph
{
    // The number of rows between progress reports and cancellation checks.
    private const int BlockRows = 2048;

    /// <summary>Finds the nearest rows of every row.</summary>
    /// <param name="rows">At least two vectors.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Optional progress callback.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">
    /// There are not more rows than neighbors, a row holds NaN or infinity, or an option is out of range.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static NeighborGraph Build(
        VectorMatrix rows,
        NeighborGraphOptions? options = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new NeighborGraphOptions();
        options.Validate();
        Check(rows, options.K);
        var exact = rows.Count <= options.ExactUpTo;
        var (neighbors, scores) = (new int[(long)rows.Count * options.K], new float[(long)rows.Count * options.K]);
        var graph = new NeighborGraph(rows, options, neighbors, scores, exact);
        if (exact)
        {
            graph.Compare(rows, options.Threads, progress, cancellationToken);
        }
        else
        {
            graph.Walk(rows, options, progress, cancellationToken);
        }

        return graph;
    }

    private static void Check(VectorMatrix rows, int k)
    {
        if (rows.Count <= k)
        {
            throw new ArgumentException(rows.Count < 2
                ? $"{rows.Count} rows have no neighbors: give at least two."
                : $"{rows.Count} rows have {rows.Count - 1} neighbors each, not {k}: ask for fewer, or give more rows.", nameof(rows));
        }

        VectorMath.ThrowIfNotFinite(rows.AsSpan());
    }

    // All pairs, by batches of an exact index: it has the fastest kernels, and its scores do not depend on the batch.
    private void Compare(VectorMatrix rows, int threads, IProgress<AnalysisProgress>? progress, CancellationToken cancellationToken)
    {
        using var index = new FlatIndex(Metric, rows.Dimensions, new FlatOptions { Threads = threads });
        index.Add(rows);
        for (var first = 0; first < rows.Count; first += BlockRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answers = index.Search(rows.Slice(first, Math.Min(BlockRows, rows.Count - first)), K + 1);
            for (var i = 0; i < answers.Length; i++)
            {
                Keep(first + i, answers[i]);
            }

            progress?.Report(new("neighbors", first + answers.Length, rows.Count));
        }
    }

    private void Walk(
        VectorMatrix rows, NeighborGraphOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancellationToken)
    {
        using var index = new HnswIndex(Metric, rows.Dimensions, new HnswOptions { Seed = options.Seed });
        index.Add(rows, Report("index", rows.Count, progress), cancellationToken);
        index.Tune(options.Recall, k: K, cancellationToken: cancellationToken);
        var found = new bool[rows.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken };
        for (var first = 0; first < rows.Count; first += BlockRows)
        {
            var end = Math.Min(rows.Count, first + BlockRows);
            Parallel.For(first, end, parallel, () => new Hit[K + 1], (row, _, hits) =>
            {
                found[row] = Keep(row, hits.AsSpan(0, index.Search(rows[row], hits.AsSpan())));
                return hits;
            }, _ => { });
            progress?.Report(new("neighbors", end, rows.Count));
        }

        CompareMissed(rows, options.Threads, found);
    }

    // A search may return fewer results if part of the graph is hard to reach: such rows are compared with all.
    private void CompareMissed(VectorMatrix rows, int threads, bool[] found)
    {
        if (Array.TrueForAll(found, x => x))
        {
            return;
        }

        using var index = new FlatIndex(Metric, rows.Dimensions, new FlatOptions { Threads = threads });
        index.Add(rows);
        for (var row = 0; row < rows.Count; row++)
        {
            if (!found[row])
            {
                Keep(row, index.Search(rows[row], K + 1));
            }
        }
    }

    // Among many equal rows a row may not find itself: then the last result is dropped.
    private bool Keep(int row, ReadOnlySpan<Hit> hits)
    {
        var neighbors = _neighbors.AsSpan(row * K, K);
        var scores = _scores.AsSpan(row * K, K);
        var kept = 0;
        foreach (var hit in hits)
        {
            if (hit.Id != row && kept < K)
            {
                neighbors[kept] = hit.Id;
                scores[kept++] = hit.Score;
            }
        }

        return kept == K;
    }

    private static SynchronousProgress? Report(string step, int total, IProgress<AnalysisProgress>? progress) =>
        progress is null ? null : new SynchronousProgress(done => progress.Report(new(step, done, total)));
}
