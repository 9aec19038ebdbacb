using System.Buffers;
using Simile.Index.Flat;

namespace Simile.Index;

/// <content>One query.</content>
public sealed unsafe partial class FlatIndex
{
    // Below this many components one core takes less than a millisecond, and a second one would only cost time.
    private const int ParallelFrom = 1 << 22;

    /// <inheritdoc/>
    public override int Search(ReadOnlySpan<float> query, Span<Hit> hits, IdFilter? filter = null)
    {
        Check(query);
        var prepared = ArrayPool<float>.Shared.Rent(_rows.PreparedLength);
        _rows.Prepare(query, prepared.AsSpan(0, _rows.PreparedLength));
        try
        {
            using var reading = _lock.Read();
            return Scan(prepared, 0, _ids.Count, hits, filter);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(prepared);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Searches of large indexes use <see cref="FlatOptions.Threads"/>.</remarks>
    public override Hit[] Search(ReadOnlySpan<float> query, int k, IdFilter? filter = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        Check(query);
        var prepared = new float[_rows.PreparedLength];
        _rows.Prepare(query, prepared);
        using var reading = _lock.Read();
        var hits = new Hit[Math.Min(k, Math.Min(_ids.Count, filter?.Count ?? int.MaxValue))];
        var found = _options.Threads == 1 || (long)_ids.Count * Dimensions < ParallelFrom
            ? Scan(prepared, 0, _ids.Count, hits, filter)
            : ScanOnThreads(prepared, hits, filter);
        return found == hits.Length ? hits : hits[..found];
    }

    /// <inheritdoc/>
    public override Hit[] SearchRange(ReadOnlySpan<float> query, float score, IdFilter? filter = null)
    {
        Check(query);
        CheckScore(score);
        var prepared = new float[_rows.PreparedLength];
        _rows.Prepare(query, prepared);
        var found = new List<Hit>();
        var hits = new RangeHits(score, found);
        using var reading = _lock.Read();
        fixed (float* q = prepared)
        {
            new FlatScan(_rows, _ids, filter).Run(q, 0, _ids.Count, ref hits);
        }

        found.Sort(TopK.BestFirst);
        return [.. found];
    }

    private int Scan(float[] query, int from, int to, Span<Hit> hits, IdFilter? filter)
    {
        if (hits.IsEmpty)
        {
            return 0;
        }

        var best = new TopK(hits);
        fixed (float* q = query)
        {
            new FlatScan(_rows, _ids, filter).Run(q, from, to, ref best);
        }

        return best.Sort();
    }

    // Each thread finds the best hits of its share of the rows; then they are merged.
    private int ScanOnThreads(float[] query, Span<Hit> hits, IdFilter? filter)
    {
        var (k, count) = (hits.Length, _ids.Count);
        var share = ((count / _options.Threads) + 64) / 64 * 64;
        var shares = new Hit[(count + share - 1) / share][];
        Parallel.For(0, shares.Length, new ParallelOptions { MaxDegreeOfParallelism = _options.Threads }, i =>
        {
            var found = new Hit[Math.Min(k, share)];
            shares[i] = found[..Scan(query, i * share, Math.Min(count, (i + 1) * share), found, filter)];
        });
        var best = new TopK(hits);
        foreach (var found in shares)
        {
            foreach (var hit in found)
            {
                best.Add(hit);
            }
        }

        return best.Sort();
    }
}
