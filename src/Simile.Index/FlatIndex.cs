using System.Buffers;
using Simile.Numerics;

namespace Simile.Index;

/// <summary>Exact search: every vector is scored.</summary>
/// <remarks>
/// Any number of threads may search at once; adding needs the index to itself. Vectors are copied, and under
/// <see cref="Metric.Cosine"/> kept at length 1.
/// </remarks>
public sealed class FlatIndex
{
    // Rows scored between two looks at the heap: their scores fit in the first-level cache.
    private const int BlockRows = 256;

    private VectorMatrix _rows;

    /// <summary>Makes an empty index.</summary>
    /// <param name="metric">How vectors are compared.</param>
    /// <param name="dimensions">Components of each vector, at least 1.</param>
    public FlatIndex(Metric metric, int dimensions)
    {
        if (!Enum.IsDefined(metric))
        {
            throw new ArgumentOutOfRangeException(nameof(metric), metric, "There is no such metric.");
        }

        Metric = metric;
        Dimensions = dimensions;
        _rows = new VectorMatrix(0, dimensions);
    }

    /// <summary>How vectors are compared.</summary>
    public Metric Metric { get; }

    /// <summary>Components of each vector.</summary>
    public int Dimensions { get; }

    /// <summary>Number of vectors held.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a copy of a vector and returns its id.</summary>
    /// <exception cref="ArgumentException">The vector has other dimensions, or holds NaN or infinity.</exception>
    public int Add(ReadOnlySpan<float> vector)
    {
        Check(vector);
        Reserve(Count + 1L);
        Append(vector);
        return Count - 1;
    }

    /// <summary>Adds a copy of each row; ids go on from <see cref="Count"/>. Adds all or, when one is refused, none.</summary>
    /// <exception cref="ArgumentException">The vectors have other dimensions, or hold NaN or infinity.</exception>
    public void Add(VectorMatrix vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        CheckDimensions(vectors.Dimensions);
        VectorMath.ThrowIfNotFinite(vectors.AsSpan());
        Reserve((long)Count + vectors.Count);
        for (var i = 0; i < vectors.Count; i++)
        {
            Append(vectors[i]);
        }
    }

    /// <summary>The <paramref name="k"/> closest vectors, best first, equal scores by ascending id.</summary>
    /// <param name="query">A vector of <see cref="Dimensions"/> components.</param>
    /// <param name="k">How many, at least 1; fewer come back when the index holds fewer.</param>
    /// <exception cref="ArgumentException">The query has other dimensions, or holds NaN or infinity.</exception>
    public Hit[] Search(ReadOnlySpan<float> query, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        var hits = new Hit[Math.Min(k, Count)];
        Search(query, hits);
        return hits;
    }

    /// <summary>Fills <paramref name="hits"/> with the closest vectors, best first, and returns how many there are. Allocates nothing.</summary>
    /// <exception cref="ArgumentException">The query has other dimensions, or holds NaN or infinity.</exception>
    public int Search(ReadOnlySpan<float> query, Span<Hit> hits)
    {
        Check(query);
        var rented = ArrayPool<float>.Shared.Rent(Dimensions + BlockRows);
        var prepared = rented.AsSpan(0, Dimensions);
        Prepare(query, prepared);
        var best = new TopK(hits);
        if (hits.Length > 0)
        {
            Scan(prepared, rented.AsSpan(Dimensions, BlockRows), ref best);
        }

        ArrayPool<float>.Shared.Return(rented);
        return best.Sort();
    }

    /// <summary>The closest vectors of each row of <paramref name="queries"/>, on all cores.</summary>
    /// <exception cref="ArgumentException">The queries have other dimensions, or hold NaN or infinity.</exception>
    public Hit[][] Search(VectorMatrix queries, int k)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        CheckDimensions(queries.Dimensions);
        VectorMath.ThrowIfNotFinite(queries.AsSpan());
        var answers = new Hit[queries.Count][];
        Parallel.For(0, queries.Count, i => answers[i] = Search(queries[i], k));
        return answers;
    }

    private void Scan(ReadOnlySpan<float> query, Span<float> scores, ref TopK best)
    {
        for (var first = 0; first < Count; first += BlockRows)
        {
            var block = scores[..Math.Min(BlockRows, Count - first)];
            MetricScore.Rows(Metric, query, _rows.AsSpan().Slice(first * Dimensions, block.Length * Dimensions), block);
            var threshold = best.Threshold;
            for (var i = 0; i < block.Length; i++)
            {
                if (block[i] > threshold)
                {
                    best.Add(new Hit(first + i, block[i]));
                    threshold = best.Threshold;
                }
            }
        }
    }

    private void Prepare(ReadOnlySpan<float> vector, Span<float> target)
    {
        if (Metric == Metric.Cosine)
        {
            VectorMath.Normalize(vector, target);
        }
        else
        {
            vector.CopyTo(target);
        }
    }

    private void Append(ReadOnlySpan<float> vector) => Prepare(vector, _rows[Count++]);

    private void Reserve(long count)
    {
        if (count <= _rows.Count)
        {
            return;
        }

        var most = Array.MaxLength / Dimensions;
        if (count > most)
        {
            throw new ArgumentException($"A flat index holds at most {most:N0} vectors of {Dimensions} dimensions; this would be number {count:N0}.");
        }

        var larger = new VectorMatrix((int)Math.Min(most, Math.Max(count, 2L * _rows.Count)), Dimensions);
        _rows.AsSpan()[..(Count * Dimensions)].CopyTo(larger.AsSpan());
        _rows = larger;
    }

    private void Check(ReadOnlySpan<float> vector)
    {
        CheckDimensions(vector.Length);
        VectorMath.ThrowIfNotFinite(vector);
    }

    private void CheckDimensions(int dimensions)
    {
        if (dimensions != Dimensions)
        {
            throw new ArgumentException($"The index holds vectors of {Dimensions} dimensions, not {dimensions}: use the model that filled it.");
        }
    }
}
