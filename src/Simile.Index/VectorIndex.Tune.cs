using Simile.Index.Tuning;
using Simile.Numerics;

namespace Simile.Index;

/// <content>Finding settings by measuring.</content>
public abstract partial class VectorIndex
{
    private const int Sampled = 300;

    /// <summary>What trades time for recall; null for an exact index.</summary>
    private protected virtual Breadth? Breadth => null;

    /// <summary>Sets the index so that it finds at least a share of the exact nearest, at the least cost, by measuring against exact search.</summary>
    /// <param name="recall">The share wanted, above 0 and at most 1.</param>
    /// <param name="queries">Queries like those that will come; null to take some hundred of the vectors held, each of which is not counted as its own answer.</param>
    /// <param name="k">How many answers count, at least 1.</param>
    /// <param name="cancellationToken">Stops between two measurements; the setting that was tried last stays.</param>
    /// <returns>What was set and what it reaches: less than was wanted where no setting reaches it. Not to be called while others set the index.</returns>
    /// <exception cref="ArgumentException">The queries have other dimensions, hold NaN or infinity, or there are none; or a number is out of its range.</exception>
    public IndexTuning Tune(double recall = 0.95, VectorMatrix? queries = null, int k = 10, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        if (!(recall is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(recall), recall, "A recall is above 0 and at most 1.");
        }

        var own = queries is null ? SampleIds() : [.. Enumerable.Repeat(-1, queries.Count)];
        queries ??= Vectors(ref own);
        Check(queries);
        if (queries.Count == 0)
        {
            throw new ArgumentException("There is nothing to measure with: give queries, or add vectors first.", nameof(queries));
        }

        var measured = new TuningQueries(this, queries, own, k);
        if (Breadth is not { } breadth)
        {
            return new IndexTuning(string.Empty, 0, 1, measured.Measure().QueriesPerSecond);
        }

        measured.Answer(TryCopyVector, cancellationToken);
        return Bisect(breadth, recall, measured, cancellationToken);
    }

    /// <summary>Copies a vector as it is kept; false where no vector has the id any more.</summary>
    private protected virtual bool TryCopyVector(int id, Span<float> vector) => throw new NotSupportedException();

    // More breadth finds more: the least that suffices lies where recall passes the share.
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
        return [.. Enumerable.Range(0, Math.Min(Sampled, ids.Length)).Select(i => ids[(int)((long)i * ids.Length / Math.Min(Sampled, ids.Length))])];
    }

    // Without those that were removed meanwhile.
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
