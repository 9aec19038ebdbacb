using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Analysis;

/// <summary>k clusters around their means (Lloyd 1982), begun by greedy k-means++.</summary>
/// <remarks>
/// Immutable, for any number of threads. The same vectors and options give the same bytes on any number of threads, with AVX-512 or
/// without.
/// </remarks>
public sealed class KMeans
{
    // The means are subtracted first if they are so large that products would lose the distances.
    private const double FarOut = 4;

    private const int BatchesToBegin = 3;

    private KMeans(VectorMatrix centroids, int[] labels, double inertia, int iterations, bool converged, Metric metric) =>
        (Centroids, Labels, Inertia, Iterations, Converged, Metric) = (centroids, labels, inertia, iterations, converged, metric);

    /// <summary>The mean of each cluster, k × d, normalized under cosine.</summary>
    public VectorMatrix Centroids { get; }

    /// <summary>The cluster of each vector, 0 to k − 1. With fewer distinct vectors than k, some clusters are empty.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>The sum of the squared distances to the centroids. Under cosine, the sum of 2 − 2 cosine.</summary>
    public double Inertia { get; }

    /// <summary>Iterations of the best run.</summary>
    public int Iterations { get; }

    /// <summary>Whether that run converged. Otherwise it reached <see cref="KMeansOptions.MaxIterations"/>.</summary>
    public bool Converged { get; }

    /// <summary>The metric of the fit: Euclidean, or cosine for spherical k-means.</summary>
    public Metric Metric { get; }

    /// <summary>Finds k clusters.</summary>
    /// <param name="vectors">At least k vectors.</param>
    /// <param name="k">Number of clusters, at least 1.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Optional progress callback.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">
    /// There are fewer than k vectors, a vector holds NaN or infinity, or an option is out of range.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static KMeans Fit(
        VectorMatrix vectors,
        int k,
        KMeansOptions? options = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new KMeansOptions();
        options.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        Inputs.Check(vectors, 1, "k-means");
        if (k > vectors.Count)
        {
            throw new ArgumentException($"{vectors.Count} vectors cannot form {k} clusters: use at most {vectors.Count}.");
        }

        var (points, mean, variance) = Prepare(vectors, options.Metric);
        var squares = new float[points.Count];
        Parallel.For(0, squares.Length, i => squares[i] = Pairwise<Dot>.One(points[i], points[i]));
        KMeans? best = null;
        var random = new Random(options.Seed);
        for (var run = 0; run < options.Restarts; run++)
        {
            void Report(int iteration) =>
                progress?.Report(new($"k-means, run {run + 1} of {options.Restarts}", iteration, options.MaxIterations));
            var found = Run(
                points,
                squares,
                k,
                options,
                options.Tolerance * variance,
                new Random(random.Next()),
                progress is null ? null : Report,
                cancellationToken);
            best = best is null || found.Inertia < best.Inertia ? found : best;
        }

        MoveBack(best!.Centroids, mean);
        return best;
    }

    /// <summary>Assigns vectors to their nearest centroids.</summary>
    /// <exception cref="ArgumentException">The vectors have other dimensions, or hold NaN or infinity.</exception>
    public int[] Predict(VectorMatrix vectors)
    {
        Inputs.Check(vectors, 0, "k-means");
        if (vectors.Dimensions != Centroids.Dimensions)
        {
            throw new ArgumentException(
                $"The clusters are of vectors of {Centroids.Dimensions} dimensions, not {vectors.Dimensions}: "
                + "use the model that made them.");
        }

        var labels = new int[vectors.Count];
        var compared = Metric == Metric.Cosine ? vectors.Normalized() : vectors;
        Parallel.For(0, labels.Length, () => new float[Centroids.Count], (i, _, squared) =>
        {
            Pairwise<SquaredL2>.Rows(compared[i], Centroids.AsSpan(), squared);
            labels[i] = squared.AsSpan().IndexOf(squared.Min());
            return squared;
        }, _ => { });
        return labels;
    }

    private static KMeans Run(
        VectorMatrix points,
        float[] squares,
        int k,
        KMeansOptions options,
        double tolerance,
        Random random,
        Action<int>? report,
        CancellationToken cancellationToken)
    {
        var spherical = options.Metric == Metric.Cosine;
        var centroids = Begin(points, squares, k, options, random, cancellationToken);
        var passes = options.BatchSize is null
            ? 0
            : MiniBatch.Run(points, centroids, options, spherical, random, report, cancellationToken);
        var lloyd = new Lloyd(points, squares, centroids, spherical);
        lloyd.Run(options.BatchSize is null ? options.MaxIterations : 0, tolerance, report, cancellationToken);
        var inertia = new double[points.Count];
        Parallel.For(0, inertia.Length, i => inertia[i] = lloyd.Squared(i));
        return new KMeans(
            lloyd.Centroids,
            lloyd.Labels,
            inertia.Sum(),
            passes + lloyd.Iterations,
            lloyd.Converged || (passes > 0 && passes < options.MaxIterations),
            options.Metric);
    }

    // Mini-batches begin with centroids of a part of the points, as scikit-learn does: k passes over all would take longer than the steps.
    private static VectorMatrix Begin(
        VectorMatrix points, float[] squares, int k, KMeansOptions options, Random random, CancellationToken cancellationToken)
    {
        var part = options.BatchSize is null ? points.Count : BatchesToBegin * (long)Math.Max(options.BatchSize.Value, k);
        if (part >= points.Count)
        {
            return PlusPlus.Choose(points, squares, k, random, cancellationToken);
        }

        var (rows, drawn) = (new VectorMatrix((int)part, points.Dimensions), new float[part]);
        for (var i = 0; i < drawn.Length; i++)
        {
            var row = random.Next(points.Count);
            points[row].CopyTo(rows[i]);
            drawn[i] = squares[row];
        }

        return PlusPlus.Choose(rows, drawn, k, random, cancellationToken);
    }

    private static (VectorMatrix Points, double[]? Mean, double Variance) Prepare(VectorMatrix vectors, Metric metric)
    {
        var points = metric == Metric.Cosine ? vectors.Normalized() : vectors;
        var (mean, variance) = Moments(points);
        if (metric == Metric.Cosine || mean.Sum(m => m * m) <= FarOut * variance * points.Dimensions)
        {
            return (points, null, variance);
        }

        var centered = new VectorMatrix(points.Count, points.Dimensions);
        Parallel.For(0, points.Count, i =>
        {
            var (from, to) = (points, centered);
            for (var j = 0; j < mean.Length; j++)
            {
                to[i][j] = (float)(from[i][j] - mean[j]);
            }
        });
        return (centered, mean, variance);
    }

    // The mean of each component, and the mean variance over components.
    private static (double[] Mean, double Variance) Moments(VectorMatrix points)
    {
        var (mean, variance) = (new double[points.Dimensions], new double[points.Dimensions]);
        Parallel.For(0, (mean.Length + 63) / 64, part =>
        {
            var columns = (part * 64)..Math.Min(mean.Length, (part + 1) * 64);
            for (var i = 0; i < points.Count; i++)
            {
                Accumulate(points[i][columns], mean.AsSpan()[columns], default);
            }

            foreach (ref var m in mean.AsSpan()[columns])
            {
                m /= points.Count;
            }

            for (var i = 0; i < points.Count; i++)
            {
                Accumulate(points[i][columns], variance.AsSpan()[columns], mean.AsSpan()[columns]);
            }
        });
        return (mean, variance.Sum() / points.Count / points.Dimensions);
    }

    private static void Accumulate(ReadOnlySpan<float> row, Span<double> sums, ReadOnlySpan<double> mean)
    {
        for (var j = 0; j < row.Length; j++)
        {
            sums[j] += mean.IsEmpty ? row[j] : (row[j] - mean[j]) * (row[j] - mean[j]);
        }
    }

    private static void MoveBack(VectorMatrix centroids, double[]? mean)
    {
        for (var c = 0; c < centroids.Count && mean is not null; c++)
        {
            for (var j = 0; j < mean.Length; j++)
            {
                centroids[c][j] = (float)(centroids[c][j] + mean[j]);
            }
        }
    }
}
