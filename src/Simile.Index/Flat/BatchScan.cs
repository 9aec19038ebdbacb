using Simile.Numerics.Kernels;

namespace Simile.Index.Flat;

/// <summary>Scores all rows against all queries of a batch, block by block.</summary>
/// <remarks>
/// No score is written down: a block of rows meets the queries in registers, and pairs whose sum could enter a query's best are scored
/// again as a single query would score them. So a batch finds what single queries find, bit for bit.
/// </remarks>
internal sealed unsafe class BatchScan(FlatRows rows, RowIds ids, IdFilter? filter, QueryBatch queries, int k)
{
    // Components of a block: a quarter of the second-level cache, beside the panel that passes by.
    private const int BlockNumbers = 1 << 16;

    private int _next;

    private int BlockRows => Math.Clamp(BlockNumbers / rows.Dimensions / QueryTile<Dot>.Rows, 1, 16) * QueryTile<Dot>.Rows;

    /// <summary>Runs on so many threads, and returns the best of all.</summary>
    public BatchHits Run(int threads)
    {
        var found = new BatchHits[threads];
        if (threads == 1)
        {
            return RunThread();
        }

        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => found[i] = RunThread());
        foreach (var other in found.AsSpan(1))
        {
            found[0].Add(other);
        }

        return found[0];
    }

    // Threads take blocks as they come: where the system gives one more time, it does more.
    private BatchHits RunThread()
    {
        var hits = new BatchHits(queries.Count, k);
        if (rows is NumberRows numbers)
        {
            using var blocks = new BatchBlocks(numbers, ids, queries, hits, BlockRows);
            while (Take(BlockRows * 8) is var first && first < ids.Count)
            {
                blocks.Run(first, Math.Min(ids.Count, first + (BlockRows * 8)), filter);
            }

            blocks.Flush();
            return hits;
        }

        const int Rows = 1024;
        var scan = new FlatScan(rows, ids, filter);
        while (Take(Rows) is var first && first < ids.Count)
        {
            for (var query = 0; query < queries.Count; query++)
            {
                var best = hits.Best(query);
                scan.Run(queries[query], first, Math.Min(ids.Count, first + Rows), ref best);
                hits.Keep(query, best);
            }
        }

        return hits;
    }

    private int Take(int count) => Interlocked.Add(ref _next, count) - count;
}
