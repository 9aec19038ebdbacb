using Simile.Numerics;

namespace Simile.Index;

/// <summary>Vectors, and the search for those closest to a query.</summary>
/// <remarks>
/// Ids are row numbers from 0 in the order of adding. The id of a removed vector may be reused, so that an index
/// whose vectors are replaced does not grow. Vectors are copied; under <see cref="Metric.Cosine"/> they are normalized.
/// Disposal waits for calls in progress. Later calls throw <see cref="ObjectDisposedException"/>.
/// </remarks>
public abstract partial class VectorIndex : IDisposable
{
    /// <summary>The message of <see cref="ObjectDisposedException"/>.</summary>
    private protected const string Disposed = "The index was disposed: open or build it again, or dispose it when nobody uses it any more.";

    /// <summary>Checks the arguments of every index.</summary>
    private protected VectorIndex(Metric metric, int dimensions)
    {
        // A new metric must be supported everywhere before it is allowed here.
        if (metric is not (Metric.Cosine or Metric.Dot or Metric.L2 or Metric.Manhattan or Metric.Hamming))
        {
            throw new ArgumentOutOfRangeException(nameof(metric), metric, "There is no such metric.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        Metric = metric;
        Dimensions = dimensions;
    }

    /// <summary>How a query is compared with a vector. Every metric gives a score: greater is closer.</summary>
    public Metric Metric { get; }

    /// <summary>Number of components that each added vector and each query must have.</summary>
    public int Dimensions { get; }

    /// <summary>Number of vectors, without removed ones.</summary>
    public abstract int Count { get; }

    /// <summary>Whether searches compare every vector, so that results are exact.</summary>
    public abstract bool IsExact { get; }

    /// <summary>One more than the largest id ever given.</summary>
    public abstract int IdLimit { get; }

    /// <summary>Size of the vectors and the index structure in bytes, in memory or mapped from a file.</summary>
    public abstract long MemoryBytes { get; }

    /// <summary>Adds a copy of a vector and returns its id.</summary>
    /// <exception cref="ArgumentException">The vector has other dimensions, holds NaN or infinity, or the index is full.</exception>
    public abstract int Add(ReadOnlySpan<float> vector);

    /// <summary>Adds a copy of each row. Ids are consecutive; returns the first. If a row is refused, no row is added.</summary>
    /// <exception cref="ArgumentException">The vectors have other dimensions, hold NaN or infinity, or there are too many.</exception>
    public int Add(VectorMatrix vectors) => Add(vectors, null);

    /// <summary>
    /// Adds a copy of each row. Ids are consecutive; returns the first. If a row is refused or the call is canceled, no row is added.
    /// </summary>
    /// <param name="vectors">Rows of <see cref="Dimensions"/> components.</param>
    /// <param name="progress">Optional progress callback with the completed share, 0 to 1.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">The vectors have other dimensions, hold NaN or infinity, or there are too many.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public abstract int Add(VectorMatrix vectors, IProgress<int>? progress, CancellationToken cancellationToken = default);

    /// <summary>Replaces the vector of an id.</summary>
    /// <exception cref="ArgumentException">The vector has other dimensions, holds NaN or infinity, or no vector has the id.</exception>
    public abstract void Update(int id, ReadOnlySpan<float> vector);

    /// <summary>Removes a vector. False if no vector has the id.</summary>
    public abstract bool Remove(int id);

    /// <summary>Whether a vector has the id.</summary>
    public abstract bool Contains(int id);

    /// <summary>
    /// Fills <paramref name="hits"/> with the closest vectors, best first, equal scores by ascending id, and returns their number. Runs on
    /// the caller's thread and allocates nothing after warm-up.
    /// </summary>
    /// <param name="query">A vector of <see cref="Dimensions"/> components.</param>
    /// <param name="hits">Receives the hits. Its length is the requested number.</param>
    /// <param name="filter">The allowed ids; null for all.</param>
    /// <exception cref="ArgumentException">The query has other dimensions, or holds NaN or infinity.</exception>
    public abstract int Search(ReadOnlySpan<float> query, Span<Hit> hits, IdFilter? filter = null);

    /// <summary>The <paramref name="k"/> closest vectors, best first, equal scores by ascending id.</summary>
    /// <param name="query">A vector of <see cref="Dimensions"/> components.</param>
    /// <param name="k">The number of hits, at least 1. Fewer are returned if there are not enough.</param>
    /// <param name="filter">The allowed ids; null for all.</param>
    /// <exception cref="ArgumentException">The query has other dimensions, or holds NaN or infinity.</exception>
    public virtual Hit[] Search(ReadOnlySpan<float> query, int k, IdFilter? filter = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        // One more than there seem to be: if that many are found, some were added meanwhile.
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

    /// <summary>The closest vectors for each row of <paramref name="queries"/>, on all cores.</summary>
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

    /// <summary>
    /// All vectors with at least the given score, best first, equal scores by ascending id. An approximate index may miss some.
    /// </summary>
    /// <exception cref="ArgumentException">The query has other dimensions, or holds NaN or infinity, or the score is NaN.</exception>
    public abstract Hit[] SearchRange(ReadOnlySpan<float> query, float score, IdFilter? filter = null);

    /// <summary>Frees the index after calls in progress have ended. Does nothing the second time.</summary>
    /// <exception cref="InvalidOperationException">
    /// The calling thread is changing the index: the call came from its progress callback.
    /// </exception>
    public abstract void Dispose();

    /// <summary>Refuses to change or free an index from within the progress callback of a change.</summary>
    internal static void ThrowIfChanging(bool changing)
    {
        if (changing)
        {
            throw new InvalidOperationException("This thread is already changing the index: wait until that call has returned.");
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

    /// <summary>Refuses a NaN threshold.</summary>
    private protected static void CheckScore(float score)
    {
        if (float.IsNaN(score))
        {
            throw new ArgumentException("The score must not be NaN: give the lowest score to accept.", nameof(score));
        }
    }

    private protected void CheckDimensions(int dimensions)
    {
        if (dimensions != Dimensions)
        {
            throw new ArgumentException(
                $"The index holds vectors of {Dimensions} dimensions, not {dimensions}: use the model that filled it.");
        }
    }
}
