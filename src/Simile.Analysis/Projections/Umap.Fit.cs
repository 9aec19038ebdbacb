using Simile.Analysis.Projections;
using Simile.Numerics;

namespace Simile.Analysis;

/// <content>Fitting.</content>
public sealed partial class Umap
{
    private const double StartSize = 10; // as umap-learn: the greatest coordinate
    private const double StartNoise = 1e-4;
    private const int TaskRows = 256;

    /// <summary>Embeds rows in the plane.</summary>
    /// <param name="rows">At least two vectors; kept, so do not change them while <see cref="Transform"/> is used.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Optional progress callback.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">
    /// There are fewer than two rows, a row holds NaN or infinity, or an option is out of range.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static Umap Fit(
        VectorMatrix rows,
        UmapOptions? options = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Fit(rows, [], options, progress, cancellationToken);

    /// <summary>Embeds rows in the plane, with rows of the same label closer together (supervised UMAP).</summary>
    /// <param name="rows">At least two vectors; kept, so do not change them while <see cref="Transform"/> is used.</param>
    /// <param name="labels">One label per row, below 0 if unknown; empty for an unsupervised embedding.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Optional progress callback.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">
    /// There are fewer than two rows, the labels do not fit them, a row holds NaN or infinity, or an option is out of range.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static Umap Fit(
        VectorMatrix rows, ReadOnlySpan<int> labels, UmapOptions? options = null, IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new UmapOptions();
        options.Validate();
        Check(rows, labels);
        var neighbors = new NeighborGraphOptions
        {
            K = Math.Min(rows.Count, options.Neighbors) - 1,
            Metric = options.Metric,
            ExactUpTo = options.ExactNeighborsUpTo,
            Seed = options.Seed,
            Threads = options.Threads,
        };
        var graph = FuzzyGraph.Of(
            NeighborGraph.Build(rows, neighbors, progress, cancellationToken), options.LocalConnectivity, options.SetOpMixRatio);
        if (!labels.IsEmpty)
        {
            FuzzyGraph.Supervise(graph.Weights, labels, options.TargetWeight);
        }

        var umap = new Umap(rows, options, graph, UmapCurve.Fit(options.Spread, options.MinDist), new VectorMatrix(rows.Count, 2));
        umap.Descend(progress, cancellationToken);
        return umap;
    }

    private void Descend(IProgress<AnalysisProgress>? progress, CancellationToken cancellationToken)
    {
        var (x, y) = Start(cancellationToken);
        var (nextX, nextY) = (new float[x.Length], new float[x.Length]);
        var epochs = _options.Epochs ?? (_rows.Count <= 10_000 ? 500 : 200);
        var rates = Rates(_graph.Weights.Weights, epochs);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.Threads, CancellationToken = cancellationToken };
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            var rate = (float)(_options.LearningRate * (1 - ((double)epoch / epochs)));
            Advance(x, y, nextX, nextY, rates, epoch, rate, parallel);
            (x, y, nextX, nextY) = (nextX, nextY, x, y);
            progress?.Report(new("optimization", epoch + 1, epochs));
        }

        Plane.Center(x);
        Plane.Center(y);
        Plane.ToMatrix(x, y).AsSpan().CopyTo(Embedding.AsSpan());
    }

    private void Advance(float[] x, float[] y, float[] nextX, float[] nextY, float[] rates, int epoch, float rate, ParallelOptions parallel)
    {
        var graph = _graph.Weights;
        Parallel.For(0, (x.Length + TaskRows - 1) / TaskRows, parallel, task =>
        {
            for (var i = task * TaskRows; i < Math.Min(x.Length, (task + 1) * TaskRows); i++)
            {
                var (first, count) = (graph.Starts[i], graph.Starts[i + 1] - graph.Starts[i]);
                (nextX[i], nextY[i]) = _forces.Move(
                    x[i], y[i], graph.Columns.AsSpan(first, count), rates.AsSpan(first, count), x, y, epoch, rate, i);
            }
        });
    }

    // The strongest edge attracts in every epoch. Edges too weak to attract once are removed, as in umap-learn.
    private static float[] Rates(float[] weights, int epochs)
    {
        var greatest = weights.Length > 0 ? weights.Max() : 0;
        return [.. weights.Select(w => greatest > 0 && w >= greatest / epochs ? w / greatest : 0)];
    }

    private (float[] X, float[] Y) Start(CancellationToken cancellationToken)
    {
        if (_options.Start == ProjectionStart.Random)
        {
            return PlaneStart.Uniform(_rows.Count, StartSize, _options.Seed);
        }

        var (x, y) = _options.Start == ProjectionStart.Spectral
            ? SpectralStart.Of(_graph.Weights, _options.Seed, cancellationToken)
            : PlaneStart.Principal(_rows, 1, _options.Seed, cancellationToken);
        PlaneStart.Resize(x, y, StartSize, StartNoise, _options.Seed);
        return (x, y);
    }

    private static void Check(VectorMatrix rows, ReadOnlySpan<int> labels)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count < 2)
        {
            throw new ArgumentException($"{rows.Count} rows are too few: give at least two.", nameof(rows));
        }

        if (!labels.IsEmpty && labels.Length != rows.Count)
        {
            throw new ArgumentException($"{labels.Length} labels do not fit {rows.Count} rows: give one for each.", nameof(labels));
        }

        VectorMath.ThrowIfNotFinite(rows.AsSpan());
    }
}
