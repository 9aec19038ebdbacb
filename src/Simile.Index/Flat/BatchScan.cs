using Simile.Numerics.Kernels;

namespace Simile.Index.Flat;

/// <summary>Scores all rows against all queries of a batch, block by block.</summary>
/// <remarks>
/// Scores are not stored: a block of rows meets the queries in registers. Pairs whose test passes are scored again as a single query would
/// score them, so a batch returns exactly the results of single queries.
/// </remarks>
internal sealed unsafe class BatchScan(FlatRows rows, RowIds ids, IdFilter? filter, QueryBatch queries, int k)
{
    // Components per block: a quarter of the second-level cache, beside the query panel.
    private const int BlockNumbers = 1 << 16;

    private int _next;

    private int BlockRows => Math.Clamp(BlockNumbers / rows.Dimensions / QueryTile<Dot>.Rows, 1, 16) * QueryTile<Dot>.Rows;

    /// <summary>Runs on the given number of threads and merges their hits: the best of each query.</summary>
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

    private BatchHits RunThread()
    {
        var hits = new BatchHits(queries.Count, k);
        if (rows is NumberRows numbers)
        {
            RunNumbers(numbers, hits);
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

    // Bytes are tested while that pays off, then floats. Ranges are multiples of both block sizes.
    private void RunNumbers(NumberRows numbers, BatchHits hits)
    {
        const int Least = 3 * CodeBlock.Rows;
        var taken = ((BlockRows * 8) + Least - 1) / Least * Least;
        using var coded = numbers.Coded ? new CodedBlocks(numbers, new FlatScan(rows, ids, filter), queries, hits, k) : null;
        BatchBlocks? floats = null;
        while (Take(taken) is var first && first < ids.Count)
        {
            var end = Math.Min(ids.Count, first + taken);
            if (coded is { Pay: true })
            {
                coded.Run(first, end);
                continue;
            }

            floats ??= new BatchBlocks(numbers, ids, queries, hits, BlockRows);
            floats.Run(first, end, filter);
        }

        floats?.Flush();
        floats?.Dispose();
    }

    // Threads take blocks dynamically, so a thread that gets more CPU time does more.
    private int Take(int count) => Interlocked.Add(ref _next, count) - count;
}
