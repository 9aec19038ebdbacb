using Simile.Index;
using Simile.Numerics;

namespace Simile.Analysis.Projections;

/// <summary>Finds the nearest fitted rows of new rows.</summary>
internal static class NeighborSearch
{
    /// <summary>The k nearest rows of each query, exactly, or by an HNSW graph above a number of rows.</summary>
    public static Hit[][] Run(VectorMatrix rows, VectorMatrix queries, int k, Metric metric, int exactUpTo, int seed)
    {
        // For few queries, building a graph costs more than it saves.
        var exact = rows.Count <= exactUpTo || queries.Count < rows.Count / 100;
        using VectorIndex index = exact
            ? new FlatIndex(metric, rows.Dimensions)
            : new HnswIndex(metric, rows.Dimensions, new HnswOptions { Seed = seed });
        index.Add(rows);
        return index.Search(queries, k);
    }
}
