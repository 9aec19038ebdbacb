using System.Numerics;
using Simile.Index.Memory;
using Simile.Numerics.Kernels;

namespace Simile.Index.Flat;

/// <summary>Tests blocks of rows against the queries of a batch with byte codes, on one thread.</summary>
/// <remarks>Rows that pass are scored exactly. A block's bytes stay in the second-level cache for all queries.</remarks>
internal sealed unsafe class CodedBlocks : IDisposable
{
    // Number of queries per group: as many as share a widened byte.
    private const int Group = 4;

    private readonly NumberRows _rows;
    private readonly FlatScan _scan;
    private readonly QueryBatch _queries;
    private readonly BatchHits _hits;
    private readonly NativeArray<float> _memory = new(CodeBlock.Memory);
    private readonly NativeArray<int> _dots = new(Group * CodeBlock.Rows);
    private long _budget;

    public CodedBlocks(NumberRows rows, FlatScan scan, QueryBatch queries, BatchHits hits, int k)
    {
        (_rows, _scan, _queries, _hits) = (rows, scan, queries, hits);

        // Of t rows in random order, about k (1 + ln t/k) enter the best k. If more than a sixteenth must be scored, float products cost no
        // more.
        _budget = queries.Count * (64 + (4L * k));
    }

    /// <summary>Whether bytes have excluded enough rows so far to continue with them.</summary>
    public bool Pay => _budget >= 0;

    /// <summary>Tests the rows from <paramref name="from"/>, a multiple of 64, to <paramref name="to"/> (exclusive).</summary>
    public void Run(int from, int to)
    {
        for (var first = from; first < to; first += CodeBlock.Rows)
        {
            var count = Math.Min(CodeBlock.Rows, to - first);
            var allowed = _scan.Allowed(first, count);
            if (BitOperations.PopCount(allowed) < FlatScan.Few)
            {
                for (var query = 0; query < _queries.Count; query++)
                {
                    Score(query, allowed, first);
                }

                continue;
            }

            Test(first, count, allowed);
        }
    }

    public void Dispose()
    {
        _memory.Dispose();
        _dots.Dispose();
    }

    private void Test(int first, int count, ulong allowed)
    {
        var block = _rows.CodesOf(first, count, _memory.Pointer);
        for (var query = 0; query < _queries.Count; query++)
        {
            if (query % Group == 0)
            {
                ByteDot.Run(
                    _queries.Coded(query),
                    Math.Min(Group, _queries.Count - query),
                    _rows.Dimensions,
                    block.Bytes,
                    count,
                    _dots.Pointer,
                    KernelPaths.Best);
            }

            var passing =
                allowed & _queries.Bounds(query).Test(block, count, _dots.Pointer + (query % Group * count), _hits.Threshold(query));
            _budget += (count / 16) - BitOperations.PopCount(passing);
            Score(query, passing, first);
        }
    }

    private void Score(int query, ulong rows, int first)
    {
        if (rows != 0)
        {
            var best = _hits.Best(query);
            _scan.Pick(_queries[query], rows, first, ref best);
            _hits.Keep(query, best);
        }
    }
}
