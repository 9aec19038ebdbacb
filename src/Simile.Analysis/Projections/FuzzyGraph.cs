namespace Simile.Analysis.Projections;

/// <summary>UMAP's fuzzy graph: the membership strength of the edge between two rows, 0 to 1.</summary>
internal sealed class FuzzyGraph
{
    private FuzzyGraph(float[] sigmas, float[] rhos, Affinities weights) => (Sigmas, Rhos, Weights) = (sigmas, rhos, weights);

    public float[] Sigmas { get; }

    public float[] Rhos { get; }

    public Affinities Weights { get; }

    /// <summary>The graph of rows whose neighbors are known.</summary>
    /// <param name="neighbors">One neighbor fewer than umap-learn's n_neighbors, which counts the row itself.</param>
    /// <param name="connectivity">How many of the nearest neighbors get an edge of weight 1 (umap-learn's local_connectivity).</param>
    /// <param name="mix">1 for the fuzzy union of both directed edges, 0 for the intersection.</param>
    public static FuzzyGraph Of(NeighborGraph neighbors, double connectivity, double mix)
    {
        var (n, k) = (neighbors.Count, neighbors.K);
        var distances = new float[n * k];
        Parallel.For(0, n, i => neighbors.Distances(i, distances.AsSpan(i * k, k)));
        var mean = distances.Sum(d => (double)d) / (n * (k + 1.0));
        var (sigmas, rhos, directed) = (new float[n], new float[n], new double[n * k]);
        Parallel.For(0, n, i =>
        {
            var own = distances.AsSpan(i * k, k);
            var (sigma, rho) = SmoothKnn.Find(own, connectivity, mean);
            (sigmas[i], rhos[i]) = ((float)sigma, (float)rho);
            Strengths(own, sigma, rho, directed.AsSpan(i * k, k));
        });
        var weights = Affinities.Symmetrize(neighbors, directed, (a, b) => (mix * (a + b - (a * b))) + ((1 - mix) * a * b), 1);
        return new FuzzyGraph(sigmas, rhos, weights);
    }

    /// <summary>The directed membership strength of each neighbor.</summary>
    public static void Strengths(ReadOnlySpan<float> distances, double sigma, double rho, Span<double> strengths)
    {
        for (var j = 0; j < distances.Length; j++)
        {
            var beyond = distances[j] - rho;
            strengths[j] = beyond <= 0 || sigma == 0 ? 1 : Math.Exp(-beyond / sigma);
        }
    }

    /// <summary>Weakens edges between rows with different labels, as umap-learn does for categories; a label below 0 is unknown.</summary>
    public static void Supervise(Affinities weights, ReadOnlySpan<int> labels, double targetWeight)
    {
        const double Unknown = 1;
        var far = targetWeight < 1 ? 2.5 / (1 - targetWeight) : 1e12;
        var (apart, unsure) = ((float)Math.Exp(-far), (float)Math.Exp(-Unknown));
        for (var i = 0; i < weights.Count; i++)
        {
            for (var at = weights.Starts[i]; at < weights.Starts[i + 1]; at++)
            {
                var (own, other) = (labels[i], labels[weights.Columns[at]]);
                weights.Weights[at] *= own < 0 || other < 0 ? unsure : own != other ? apart : 1;
            }
        }

        Reconnect(weights);
    }

    // Rescale so that the strongest edge of each row is 1 again; then take the union.
    private static void Reconnect(Affinities weights)
    {
        var greatest = new float[weights.Count];
        for (var i = 0; i < weights.Count; i++)
        {
            foreach (var w in weights.Weights.AsSpan(weights.Starts[i], weights.Starts[i + 1] - weights.Starts[i]))
            {
                greatest[i] = Math.Max(greatest[i], w);
            }
        }

        for (var i = 0; i < weights.Count; i++)
        {
            for (var at = weights.Starts[i]; at < weights.Starts[i + 1]; at++)
            {
                if (weights.Weights[at] > 0)
                {
                    var (a, b) = (weights.Weights[at] / greatest[i], weights.Weights[at] / greatest[weights.Columns[at]]);
                    weights.Weights[at] = a + b - (a * b);
                }
            }
        }
    }
}
