using Simile.Index.Format;
using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Index.Hnsw;

/// <summary>Recognizes queries that are much farther from all vectors than these are from each other. Immutable.</summary>
/// <remarks>
/// Seen from such a query many vectors are about equally far, and a walk with the usual breadth misses many of the nearest. The index's own
/// check cannot tell, because it searches for vectors of the index.
/// </remarks>
/// <param name="metric">The metric.</param>
/// <param name="least">The nearness below which a query is far.</param>
/// <param name="center">Under the dot product, the mean of the vectors; otherwise empty.</param>
internal sealed class Nearness(Metric metric, float least, float[] center)
{
    private const string Section = "hnsw/nearness";

    // Fewer values say too little.
    private const int Fewest = 16;

    // The share of the values that may be outliers: one in this many.
    private const int OutliersEach = 16;

    /// <summary>
    /// From vectors of the index and the score of a near neighbor of each: half as far below the lowest usual nearness as that is below
    /// the median. Null if there are too few.
    /// </summary>
    public static Nearness? Of(Metric metric, float[] center, IEnumerable<(float[] Vector, float Score)> neighbors)
    {
        var all = new Nearness(metric, float.NegativeInfinity, center);
        float[] values = [.. neighbors.Select(one => all.Of(one.Vector, one.Score)).Where(float.IsFinite).Order()];
        if (values.Length < Fewest)
        {
            return null;
        }

        var low = values[values.Length / OutliersEach];
        return new Nearness(metric, low - ((values[values.Length / 2] - low) / 2), center);
    }

    /// <summary>Whether a query is far, according to the best score of a walk.</summary>
    public bool IsFar(ReadOnlySpan<float> query, float score) => Of(query, score) < least;

    public void Write(IndexFileWriter writer) => writer.Section<float>(Section, SectionRole.Values, [least, .. center]);

    public static Nearness? Read(IndexFile file)
    {
        if (!file.Has(Section))
        {
            return null;
        }

        var values = file.Section(Section).Slice<float>(0, file.Metric == Metric.Dot ? 1 + file.Dimensions : 1);
        return new Nearness(file.Metric, values[0], values[1..].ToArray());
    }

    // The length of a query is no matter under the dot product, nor is the origin: a product from the mean, for a query of length 1.
    private float Of(ReadOnlySpan<float> query, float score) =>
        metric == Metric.Dot ? (score - Pairwise<Dot>.One(query, center)) / VectorMath.Norm(query) : score;
}
