using Simile.Index.Flat;
using Simile.Numerics;

namespace Simile.Index;

/// <content>Batches of queries.</content>
public sealed partial class FlatIndex
{
    // Packed queries fit in the third-level cache.
    private const int BatchNumbers = 1 << 20;

    private const int BatchHits = 1 << 22;

    /// <inheritdoc/>
    /// <remarks>Returns exactly the results of single queries, several times faster, because rows are read once for many queries.</remarks>
    public override Hit[][] Search(VectorMatrix queries, int k, IdFilter? filter = null)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        Check(queries);
        var answers = new Hit[queries.Count][];
        if (queries.Count <= 1)
        {
            for (var i = 0; i < answers.Length; i++)
            {
                answers[i] = Search(queries[i], k, filter);
            }

            return answers;
        }

        using var reading = _lock.Read();
        var most = Math.Min(k, Math.Min(_ids.Count, filter?.Count ?? int.MaxValue));
        var group = Math.Max(32, Math.Min(BatchNumbers / Dimensions, BatchHits / Math.Max(1, most)) / 32 * 32);
        for (var first = 0; first < answers.Length; first += group)
        {
            SearchGroup(queries, first, Math.Min(group, answers.Length - first), most, filter, answers);
        }

        return answers;
    }

    private void SearchGroup(VectorMatrix queries, int first, int count, int k, IdFilter? filter, Hit[][] answers)
    {
        if (k == 0)
        {
            answers.AsSpan(first, count).Fill([]);
            return;
        }

        using var batch = new QueryBatch(_rows, _ids, queries, first, count);
        var threads = (long)_ids.Count * Dimensions * count < ParallelFrom ? 1 : _options.Threads;
        var hits = new BatchScan(_rows, _ids, filter, batch, k).Run(threads);
        for (var i = 0; i < count; i++)
        {
            answers[first + i] = hits.Sorted(i);
        }
    }
}
