using Simile.Analysis;
using Simile.Numerics;

namespace Simile.Analyses;

/// <summary>Vectors of any length to two components.</summary>
internal static class Plane
{
    private const int FewestForNeighbors = 4;

    public static VectorMatrix Project(
        VectorMatrix vectors, VectorMapOptions options, IProgress<AnalysisProgress>? progress, CancellationToken stop)
    {
        var method = vectors.Count < FewestForNeighbors || AreEqual(vectors) ? MapMethod.Pca : options.Method;
        return method switch
        {
            MapMethod.TSne => Neighbors(vectors, options, progress, stop),
            MapMethod.Umap => Manifold(vectors, options, progress, stop),
            _ => Principal(vectors, options, stop),
        };
    }

    // A perplexity is about a number of neighbors: of few items there are not as many.
    private static VectorMatrix Neighbors(
        VectorMatrix vectors, VectorMapOptions options, IProgress<AnalysisProgress>? progress, CancellationToken stop)
    {
        var perplexity = Math.Max(1, Math.Min(options.Perplexity, (vectors.Count - 1) / 3.0));
        return TSne.Fit(
            vectors,
            new TSneOptions { Metric = options.Metric!.Value, Perplexity = perplexity, Seed = options.Seed },
            progress,
            stop).Embedding;
    }

    private static VectorMatrix Manifold(
        VectorMatrix vectors, VectorMapOptions options, IProgress<AnalysisProgress>? progress, CancellationToken stop)
    {
        var neighbors = Math.Clamp(options.Neighbors, 2, vectors.Count - 1);
        return Umap.Fit(
            vectors,
            new UmapOptions { Metric = options.Metric!.Value, Neighbors = neighbors, Seed = options.Seed },
            progress,
            stop).Embedding;
    }

    // Of one row, or of rows of one component, there are fewer than two principal components: the others are 0.
    private static VectorMatrix Principal(VectorMatrix vectors, VectorMapOptions options, CancellationToken stop)
    {
        var plane = new VectorMatrix(vectors.Count, 2);
        if (vectors.Count > 1 && !AreEqual(vectors))
        {
            var rows = options.Metric == Metric.Cosine ? vectors.Normalized() : vectors;
            var found = Pca.Fit(rows, new PcaOptions { Components = 2, Seed = options.Seed }, stop).Transform(rows);
            for (var i = 0; i < plane.Count; i++)
            {
                found[i][..Math.Min(2, found.Dimensions)].CopyTo(plane[i]);
            }
        }

        return plane;
    }

    private static bool AreEqual(VectorMatrix vectors)
    {
        for (var i = 1; i < vectors.Count; i++)
        {
            if (!vectors[i].SequenceEqual(vectors[0]))
            {
                return false;
            }
        }

        return true;
    }
}
