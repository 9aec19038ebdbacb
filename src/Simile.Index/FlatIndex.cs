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

    // Below this many components one core answers in under a millisecond, and a second one only costs.
    private const int ParallelFrom = 1 << 22;

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
        if ((long)Count * Dimensions < ParallelFrom)
        {
            Search(query, hits);
            return hits;
        }

        Check(query);
        SearchOnAllCores(query, hits);
        return hits;
    }

    /// <summary>Fills <paramref name="hits"/> with the closest vectors, best first, and returns how many there are. Runs on the caller's thread and allocates nothing.</summary>
    /// <exception cref="ArgumentException">The query has other dimensions, or holds NaN or infinity.</exception>
    public int Search(ReadOnlySpan<float> query, Span<Hit> hits)
    {
        Check(query);
        var rented = ArrayPool<float>.Shared.Rent(Dimensions);
        var prepared = rented.AsSpan(0, Dimensions);
        Prepare(query, prepared);
        var found = ScanRange(prepared, 0, Count, hits);
        ArrayPool<float>.Shared.Return(rented);
        return found;
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
        Parallel.For(0, queries.Count, i =>
        {
            answers[i] = new Hit[Math.Min(k, Count)];
            Search(queries[i], answers[i].AsSpan());
        });
        return answers;
    }

    // Each core finds the best of its share of the rows; the best of all are among them.
    private void SearchOnAllCores(ReadOnlySpan<float> query, Span<Hit> hits)
    {
        var prepared = new float[Dimensions];
        Prepare(query, prepared);
        var (k, share) = (hits.Length, (Count / Environment.ProcessorCount) + 1);
        var shares = new Hit[(Count + share - 1) / share][];
        Parallel.For(0, shares.Length, i =>
        {
            var found = new Hit[Math.Min(k, share)];
            var count = ScanRange(prepared, i * share, Math.Min(Count, (i + 1) * share), found);
            shares[i] = found[..count];
        });
        var best = new TopK(hits);
        foreach (var hit in shares.SelectMany(found => found))
        {
            best.Add(hit);
        }

        best.Sort();
    }

    private int ScanRange(ReadOnlySpan<float> query, int from, int to, Span<Hit> hits)
    {
        var scores = (stackalloc float[BlockRows]);
        var best = new TopK(hits);
        for (var first = from; first < to && !hits.IsEmpty; first += BlockRows)
        {
            var block = scores[..Math.Min(BlockRows, to - first)];
            MetricScore.Rows(Metric, query, _rows.AsSpan().Slice(first * Dimensions, block.Length * Dimensions), block);
            Keep(block, first, ref best);
        }

        return best.Sort();
    }

    // Finite vectors of huge components may still score an infinity, or NaN where two of them meet: that ranks last, and is not lost.
    private static void Keep(scoped ReadOnlySpan<float> scores, int firstId, ref TopK best)
    {
        var threshold = best.Threshold;
        for (var i = 0; i < scores.Length; i++)
        {
            if (!(scores[i] <= threshold))
            {
                best.Add(new Hit(firstId + i, float.IsNaN(scores[i]) ? float.NegativeInfinity : scores[i]));
                threshold = best.Threshold;
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
