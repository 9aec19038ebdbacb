using Simile.Numerics;

namespace Simile.Index;

/// <summary>Vectors, and the search for those closest to a query.</summary>
/// <remarks>
/// Ids are row numbers from 0 in the order of adding. The id of a removed vector may be given to one that is added later, so that an index
/// whose vectors are replaced does not grow. Vectors are copied in; under <see cref="Metric.Cosine"/> they are kept at length 1.
/// Disposing waits for the calls that have begun; calls that begin later throw <see cref="ObjectDisposedException"/>.
/// </remarks>
public abstract partial class VectorIndex : IDisposable
{
    /// <summary>What those are told who use an index after <see cref="Dispose"/>.</summary>
    private protected const string Disposed = "The index was disposed: open or build it again, or dispose it when nobody uses it any more.";

    /// <summary>Checks what every index is made with.</summary>
    private protected VectorIndex(Metric metric, int dimensions)
    {
        // A metric that is added later must be built in everywhere before it is let in here.
        if (metric is not (Metric.Cosine or Metric.Dot or Metric.L2 or Metric.Manhattan or Metric.Hamming))
        {
            throw new ArgumentOutOfRangeException(nameof(metric), metric, "There is no such metric.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        Metric = metric;
        Dimensions = dimensions;
    }

    /// <summary>How vectors are compared.</summary>
    public Metric Metric { get; }

    /// <summary>Components of each vector.</summary>
    public int Dimensions { get; }

    /// <summary>Number of vectors held; removed ones do not count.</summary>
    public abstract int Count { get; }

    /// <summary>Whether searches compare every vector, so that none of the closest is missed.</summary>
    public abstract bool IsExact { get; }

    /// <summary>One more than the greatest id ever given.</summary>
    public abstract int IdLimit { get; }

    /// <summary>Bytes that the vectors and what finds them take, in memory or mapped from a file.</summary>
    public abstract long MemoryBytes { get; }

    /// <summary>Adds a copy of a vector and returns its id.</summary>
    /// <exception cref="ArgumentException">The vector has other dimensions, holds NaN or infinity, or the index is full.</exception>
    public abstract int Add(ReadOnlySpan<float> vector);

    /// <summary>Adds a copy of each row and returns the first one's id; the others' follow it. Adds all or, when one is refused, none.</summary>
    /// <exception cref="ArgumentException">The vectors have other dimensions, hold NaN or infinity, or there are too many.</exception>
    public int Add(VectorMatrix vectors) => Add(vectors, null);

    /// <summary>Adds a copy of each row and returns the first one's id; the others' follow it. Adds all or, when one is refused or it is cancelled, none.</summary>
    /// <param name="vectors">Rows of <see cref="Dimensions"/> components.</param>
    /// <param name="progress">Told now and then how many are done, as a share of the work; null for nobody.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">The vectors have other dimensions, hold NaN or infinity, or there are too many.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public abstract int Add(VectorMatrix vectors, IProgress<int>? progress, CancellationToken cancellationToken = default);

    /// <summary>Replaces a vector by another under the same id.</summary>
    /// <exception cref="ArgumentException">The vector has other dimensions, holds NaN or infinity, or no vector has the id.</exception>
    public abstract void Update(int id, ReadOnlySpan<float> vector);

    /// <summary>Takes a vector away; false when no vector has the id.</summary>
    public abstract bool Remove(int id);

    /// <summary>Whether a vector has the id.</summary>
    public abstract bool Contains(int id);

    /// <summary>Fills <paramref name="hits"/> with the closest vectors, best first, equal scores by ascending id, and returns how many there are. Runs on the caller's thread and allocates nothing once warm.</summary>
    /// <param name="query">A vector of <see cref="Dimensions"/> components.</param>
    /// <param name="hits">As many as are wanted.</param>
    /// <param name="filter">The ids that may be answered; null for all.</param>
    /// <exception cref="ArgumentException">The query has other dimensions, or holds NaN or infinity.</exception>
    public abstract int Search(ReadOnlySpan<float> query, Span<Hit> hits, IdFilter? filter = null);

    /// <summary>The <paramref name="k"/> closest vectors, best first, equal scores by ascending id.</summary>
    /// <param name="query">A vector of <see cref="Dimensions"/> components.</param>
    /// <param name="k">How many, at least 1; fewer come back when fewer are held or let through.</param>
    /// <param name="filter">The ids that may be answered; null for all.</param>
    /// <exception cref="ArgumentException">The query has other dimensions, or holds NaN or infinity.</exception>
    public virtual Hit[] Search(ReadOnlySpan<float> query, int k, IdFilter? filter = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        // One more than there seem to be: where that many are found, some were added meanwhile.
        var most = Math.Min(k, filter?.Count ?? k);
        while (true)
        {
            var hits = new Hit[(int)Math.Min(most, Count + 1L)];
            var found = Search(query, hits.AsSpan(), filter);
            if (found < hits.Length || found == most)
            {
                return found == hits.Length ? hits : hits[..found];
            }
        }
    }

    /// <summary>The closest vectors of each row of <paramref name="queries"/>, on all cores.</summary>
    /// <exception cref="ArgumentException">The queries have other dimensions, or hold NaN or infinity.</exception>
    public virtual Hit[][] Search(VectorMatrix queries, int k, IdFilter? filter = null)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        Check(queries);
        var answers = new Hit[queries.Count][];
        EachCore.Run(queries.Count, i => answers[i] = Search(queries[i], k, filter), CancellationToken.None);
        return answers;
    }

    /// <summary>Every vector that scores at least <paramref name="score"/>, best first, equal scores by ascending id. An approximate index may miss some.</summary>
    /// <exception cref="ArgumentException">The query has other dimensions, or holds NaN or infinity, or the score is NaN.</exception>
    public abstract Hit[] SearchRange(ReadOnlySpan<float> query, float score, IdFilter? filter = null);

    /// <summary>Frees what the index holds, once the calls that have begun have ended. A second time does nothing.</summary>
    /// <exception cref="InvalidOperationException">It is called while the same thread changes the index: out of its report of progress.</exception>
    public abstract void Dispose();

    /// <summary>Refuses to change or free an index out of the report of a change that is going on.</summary>
    internal static void ThrowIfChanging(bool changing)
    {
        if (changing)
        {
            throw new InvalidOperationException("The index is being changed by this very thread: wait until that call has returned.");
        }
    }

    private protected void Check(ReadOnlySpan<float> vector)
    {
        CheckDimensions(vector.Length);
        VectorMath.ThrowIfNotFinite(vector);
    }

    private protected void Check(VectorMatrix vectors)
    {
        CheckDimensions(vectors.Dimensions);
        VectorMath.ThrowIfNotFinite(vectors.AsSpan());
    }

    /// <summary>Refuses what no score is at least.</summary>
    private protected static void CheckScore(float score)
    {
        if (float.IsNaN(score))
        {
            throw new ArgumentException("NaN is no score: give the least score that is wanted.", nameof(score));
        }
    }

    private protected void CheckDimensions(int dimensions)
    {
        if (dimensions != Dimensions)
        {
            throw new ArgumentException($"The index holds vectors of {Dimensions} dimensions, not {dimensions}: use the model that filled it.");
        }
    }
}
