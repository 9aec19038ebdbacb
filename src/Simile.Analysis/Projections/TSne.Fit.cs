using Simile.Analysis.Projections;
using Simile.Numerics;

namespace Simile.Analysis;

/// <content>Fitting.</content>
public sealed partial class TSne
{
    private const double StartDeviation = 1e-4; // as scikit-learn and openTSNE
    private const int LeastLearningRate = 200;

    /// <summary>Embeds rows in the plane.</summary>
    /// <param name="rows">At least two vectors; kept, so do not change them while <see cref="Transform"/> is used.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Optional progress callback.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">
    /// There are fewer than two rows, a row holds NaN or infinity, or an option is out of range.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static TSne Fit(
        VectorMatrix rows,
        TSneOptions? options = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new TSneOptions();
        options.Validate();
        if (rows.Count < 2)
        {
            throw new ArgumentException($"{rows.Count} rows are too few: give at least two.", nameof(rows));
        }

        VectorMath.ThrowIfNotFinite(rows.AsSpan());
        var perplexity = Math.Max(1, Math.Min(options.Perplexity, (rows.Count - 1) / 3.0));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken };
        var forces = Forces(rows, perplexity, options, progress, parallel);
        var (x, y) = options.Start == ProjectionStart.Pca
            ? PlaneStart.Principal(rows, StartDeviation, options.Seed, cancellationToken)
            : PlaneStart.Random(rows.Count, StartDeviation, options.Seed);
        var divergence = Descend(new TSneDescent(forces, x, y, parallel), rows.Count, options, progress);
        Plane.Center(x);
        Plane.Center(y);
        return new TSne(rows, options, Plane.ToMatrix(x, y), divergence, perplexity);
    }

    private static ITSneForces Forces(
        VectorMatrix rows, double perplexity, TSneOptions options, IProgress<AnalysisProgress>? progress, ParallelOptions parallel)
    {
        if (options.Method == TSneMethod.Exact)
        {
            ThrowIfTooManyPairs(rows);
            return new ExactForces(Projections.JointProbabilities.Of(rows, perplexity, options.Metric, parallel), rows.Count, parallel);
        }

        var neighbors = new NeighborGraphOptions
        {
            K = Math.Min(rows.Count - 1, (int)((3 * perplexity) + 1)),
            Metric = options.Metric,
            ExactUpTo = options.ExactNeighborsUpTo,
            Seed = options.Seed,
            Threads = options.Threads,
        };
        var graph = NeighborGraph.Build(rows, neighbors, progress, parallel.CancellationToken);
        return new BarnesHutForces(
            Affinities.Joint(graph, perplexity, options.Threads, parallel.CancellationToken), options.Theta, parallel);
    }

    private static double Descend(TSneDescent descent, int rows, TSneOptions options, IProgress<AnalysisProgress>? progress)
    {
        var total = options.EarlyIterations + options.Iterations;
        for (var iteration = 0; iteration < total; iteration++)
        {
            var exaggeration = iteration < options.EarlyIterations ? options.EarlyExaggeration : 1;
            descent.Step(exaggeration, options.LearningRate ?? Math.Max(LeastLearningRate, rows / exaggeration), options.Momentum);
            progress?.Report(new("optimization", iteration + 1, total));
        }

        return descent.Divergence();
    }

    private static void ThrowIfTooManyPairs(VectorMatrix rows)
    {
        const int Most = 30_000;
        if (rows.Count > Most)
        {
            throw new ArgumentException(
                $"The exact method keeps all pairs, too many for {rows.Count:N0} rows: use the Barnes-Hut method above {Most:N0} rows.",
                nameof(rows));
        }
    }
}
