using System.Numerics;
using Simile.Index.Memory;
using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Index.Flat;

/// <summary>Tests blocks of rows against the panels of a batch, on one thread.</summary>
internal sealed unsafe class BatchBlocks : IDisposable
{
    private const int Tile = QueryTile<Dot>.Rows;

    private readonly NumberRows _rows;
    private readonly RowIds _ids;
    private readonly QueryBatch _queries;
    private readonly BatchHits _hits;
    private readonly int _blockRows;
    private readonly NativeArray<float> _thresholds;
    private readonly NativeArray<float> _decoded;
    private readonly NativeArray<float> _rowNorms;
    private readonly NativeArray<float> _shares;
    private readonly uint[] _passing;
    private readonly float[] _scores;
    private readonly int[] _picked;
    private int _count;

    public BatchBlocks(NumberRows rows, RowIds ids, QueryBatch queries, BatchHits hits, int blockRows)
    {
        (_rows, _ids, _queries, _hits, _blockRows) = (rows, ids, queries, hits, blockRows);
        _thresholds = new NativeArray<float>(queries.Slots);
        _decoded = new NativeArray<float>((long)blockRows * rows.Dimensions);
        _rowNorms = new NativeArray<float>(blockRows);
        _shares = new NativeArray<float>(rows.Metric == Metric.Manhattan ? rows.Dimensions : 0);
        _shares.Slice(0, (int)_shares.Length).Fill(queries.Share);
        _passing = new uint[blockRows];
        _scores = new float[blockRows];
        _picked = new int[blockRows];
        _thresholds.Slice(0, queries.Slots).Fill(float.PositiveInfinity);
        foreach (var panel in queries.Panels)
        {
            for (var i = 0; i < Math.Min(panel.Width, queries.Count - panel.First); i++)
            {
                _thresholds[panel.Slot + i] = queries.Threshold(panel.First + i, hits.Threshold(panel.First + i));
            }
        }
    }

    /// <summary>Tests rows. Rows selected by a filter may be collected and tested later.</summary>
    public void Run(int from, int to, IdFilter? filter)
    {
        for (var row = from; row < to && filter is not null; row++)
        {
            if (filter.Allows(_ids.IdOf(row)))
            {
                Pick(row);
            }
        }

        for (var first = from; first < to && filter is null; first += _blockRows)
        {
            var count = Math.Min(_blockRows, to - first);
            if (count % Tile == 0)
            {
                TestBlock(
                    _rows.Decoded(first, count, _decoded.Pointer),
                    _rows.RowNorms is null ? _rowNorms.Pointer : _rows.RowNorms + first,
                    first,
                    count);
                continue;
            }

            for (var row = first; row < first + count; row++)
            {
                Pick(row);
            }

            Flush();
        }
    }

    /// <summary>Tests the collected rows.</summary>
    public void Flush()
    {
        if (_count > 0)
        {
            TestBlock(_decoded.Pointer, _rowNorms.Pointer, -1, _count);
            _count = 0;
        }
    }

    public void Dispose()
    {
        _thresholds.Dispose();
        _decoded.Dispose();
        _rowNorms.Dispose();
        _shares.Dispose();
    }

    private void Pick(int row)
    {
        _rows.Decode(row, _decoded.Pointer + ((long)_count * _rows.Dimensions));
        _rowNorms[_count] = _rows.RowNorms is null ? 0 : _rows.RowNorms[row];
        _picked[_count++] = row;
        if (_count == _blockRows)
        {
            Flush();
        }
    }

    // Padding rows up to a multiple of the tile hold stale data; their results are ignored.
    private void TestBlock(float* block, float* rowNorms, int first, int count)
    {
        var tested = (count + Tile - 1) / Tile * Tile;
        foreach (var panel in _queries.Panels)
        {
            if (_rows.Metric == Metric.Manhattan && panel.First == 0)
            {
                SumAndTest(block, rowNorms, tested, panel);
            }
            else
            {
                Test(block, rowNorms, 0, tested, panel);
            }

            // The panel is padded with zero queries. Rows with huge numbers pass their test too: these bits are dropped.
            var queries = uint.MaxValue >> (32 - Math.Min(panel.Width, _queries.Count - panel.First));
            for (var i = 0; i < count; i++)
            {
                for (var bits = _passing[i] & queries; bits != 0; bits &= bits - 1)
                {
                    Show(panel, BitOperations.TrailingZeroCount(bits), first < 0 ? _picked[i] : first + i);
                }
            }
        }

        for (var query = _queries.FirstAlone; query < _queries.Count; query++)
        {
            ScoreAlone(query, first, count);
        }
    }

    // The sums of a tile's rows are computed just before its test, which prefetches what the next sums read.
    private void SumAndTest(float* block, float* rowNorms, int count, QueryPanel panel)
    {
        for (var first = 0; first < count; first += Tile)
        {
            RowScan<UpperSum, Float32Format>.Run(
                _shares.Pointer,
                _rows.Dimensions,
                (byte*)(block + ((long)first * _rows.Dimensions)),
                null,
                Tile,
                rowNorms + first,
                KernelPaths.Best);
            Test(block, rowNorms, first, Tile, panel);
        }
    }

    private void Test(float* block, float* rowNorms, int first, int count, QueryPanel panel)
    {
        fixed (uint* passing = _passing)
        {
            var test = _queries.Test(panel, rowNorms + first, _thresholds.Pointer);
            MetricKernels.Test(
                _rows.Metric,
                block + ((long)first * _rows.Dimensions),
                count,
                _rows.Dimensions,
                panel,
                _queries.Packed(panel),
                test,
                passing + first);
        }
    }

    private void ScoreAlone(int query, int first, int count)
    {
        var scores = _scores.AsSpan(0, count);
        if (first >= 0)
        {
            _rows.Score(_queries[query], first, scores);
        }

        for (var i = 0; i < count; i++)
        {
            var row = first < 0 ? _picked[i] : first + i;
            Keep(query, row, first < 0 ? _rows.Score(_queries[query], row) : scores[i]);
        }
    }

    private void Show(QueryPanel panel, int slot, int row)
    {
        var query = panel.First + slot;
        if (Keep(query, row, _rows.Score(_queries[query], row)))
        {
            _thresholds[panel.Slot + slot] = _queries.Threshold(query, _hits.Threshold(query));
        }
    }

    private bool Keep(int query, int row, float score)
    {
        if (score < _hits.Threshold(query))
        {
            return false;
        }

        _hits.Add(query, new Hit(_ids.IdOf(row), float.IsNaN(score) ? float.NegativeInfinity : score));
        return true;
    }
}
