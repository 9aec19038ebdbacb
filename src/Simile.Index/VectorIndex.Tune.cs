using Simile.Index.Tuning;
using Simile.Numerics;

namespace Simile.Index;

/// <content>Tuning by measurement.</content>
public abstract partial class VectorIndex
{
    private const int Sampled = 300;

    /// <summary>The setting that trades speed for recall; null for an exact index.</summary>
    private protected virtual Breadth? Breadth => null;

    /// <summary>
    /// Chooses the fastest setting that finds at least a share of the exact nearest neighbors, by measuring against exact search.
    /// </summary>
    /// <param name="recall">The required recall, above 0 and at most 1.</param>
    /// <param name="queries">Typical queries. Null: a few hundred of the stored vectors, each excluded from its own results.</param>
    /// <param name="k">Number of results that count, at least 1.</param>
    /// <param name="cancellationToken">Checked between measurements. The last tried setting stays.</param>
    /// <returns>
    /// The chosen setting and its recall, which is lower than required if no setting reaches it. Nobody else may change the setting
    /// meanwhile.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The queries have other dimensions, hold NaN or infinity, or are missing; or a number is out of range.
    /// </exception>
    public IndexTuning Tune(double recall = 0.95, VectorMatrix? queries = null, int k = 10, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        if (!(recall is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(recall), recall, "The recall must be above 0 and at most 1.");
        }

        var own = queries is null ? SampleIds() : [.. Enumerable.Repeat(-1, queries.Count)];
        queries ??= Vectors(ref own);
        Check(queries);
        if (queries.Count == 0)
        {
            throw new ArgumentException("There are no queries: pass queries, or add vectors first.", nameof(queries));
        }

        var measured = new TuningQueries(this, queries, own, k);
        if (Breadth is not { } breadth)
        {
            return new IndexTuning(string.Empty, 0, 1, measured.Measure().QueriesPerSecond);
        }

        measured.Answer(TryCopyVector, cancellationToken);
        return Bisect(breadth, recall, measured, cancellationToken);
    }

    /// <summary>Copies a stored vector; false if the id no longer exists.</summary>
    private protected virtual bool TryCopyVector(int id, Span<float> vector) => throw new NotSupportedException();

    // Recall grows with breadth, so the smallest sufficient value is found by bisection.
    private static IndexTuning Bisect(Breadth breadth, double recall, TuningQueries queries, CancellationToken cancellationToken)
    {
        var values = breadth.Values();
        var (low, high) = (0, values.Length - 1);
        while (low < high)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var middle = (low + high) / 2;
            breadth.Set(values[middle]);
            (low, high) = queries.Measure().Recall >= recall ? (low, middle) : (middle + 1, high);
        }

        breadth.Set(values[low]);
        var (reached, speed) = queries.Measure();
        return new IndexTuning(breadth.Setting, values[low], reached, speed);
    }

    private int[] SampleIds()
    {
        var ids = Enumerable.Range(0, IdLimit).Where(Contains).ToArray();
        return [.. Enumerable.Range(0, Math.Min(Sampled, ids.Length))
            .Select(i => ids[(int)((long)i * ids.Length / Math.Min(Sampled, ids.Length))])];
    }

    // Without vectors that were removed meanwhile.
    private VectorMatrix Vectors(ref int[] ids)
    {
        var vectors = new VectorMatrix(ids.Length, Dimensions);
        if (Breadth is null)
        {
            return vectors;
        }

        var kept = 0;
        foreach (var id in ids)
        {
            if (TryCopyVector(id, vectors[kept]))
            {
                ids[kept++] = id;
            }
        }

        ids = ids[..kept];
        return vectors.Slice(0, kept);
    }
}
