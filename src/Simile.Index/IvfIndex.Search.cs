using System.Numerics;
using Simile.Index.Codes;
using Simile.Index.Ivf;
using Simile.Index.Quantization;
using Simile.Numerics;
using Simile.Numerics.Kernels;
using ScoreError = Simile.Index.Hnsw.ScoreError;

namespace Simile.Index;

/// <content>Searching.</content>
public sealed unsafe partial class IvfIndex
{
    /// <inheritdoc/>
    public override int Search(ReadOnlySpan<float> query, Span<Hit> hits, IdFilter? filter = null)
    {
        Check(query);
        if (hits.IsEmpty)
        {
            return 0;
        }

        var scratch = SearchScratch.Mine;
        var prepared = scratch.Query(Dimensions);
        MetricScore.Prepare(Metric, query, prepared);
        using var reading = _gate.Read();
        return _partition is null || IsExact || !PrincipalAxes.IsUsual(prepared) || ScanIsCheaper(_partition, filter, hits.Length)
            ? Scan(prepared, hits, filter)
            : SearchLists(_partition, prepared, hits, filter, scratch);
    }

    // In bytes: reading a random row costs about as much as reading twice its bytes sequentially.
    private bool ScanIsCheaper(IvfPartition partition, IdFilter? filter, int k)
    {
        if (filter is null)
        {
            return false;
        }

        var rowBytes = Dimensions * sizeof(float);
        var scanned = (long)_count * Math.Min(NProbe, NList) / NList * partition.BlockBytes / FastScan.BlockRows;
        var lists = ((long)NList * rowBytes) + scanned + ((long)k * Rescore * rowBytes);
        return (long)filter.Count * rowBytes < lists;
    }

    private int Scan(ReadOnlySpan<float> query, Span<Hit> hits, IdFilter? filter)
    {
        var best = new TopK(hits);
        var score = 0f;
        if (filter is null)
        {
            for (var id = 0; id < _limit; id++)
            {
                if (_listOf[id] != Free)
                {
                    best.Add(new Hit(id, ScoreOf(query, id, ref score)));
                }
            }

            return best.Sort();
        }

        for (var w = 0; w < filter.Words.Length; w++)
        {
            for (var word = filter.Words[w]; word != 0; word &= word - 1)
            {
                var id = (w << 6) + BitOperations.TrailingZeroCount(word);
                if (IsHeld(id))
                {
                    best.Add(new Hit(id, ScoreOf(query, id, ref score)));
                }
            }
        }

        return best.Sort();
    }

    private int SearchLists(IvfPartition partition, ReadOnlySpan<float> query, Span<Hit> hits, IdFilter? filter, SearchScratch scratch)
    {
        var coordinates = partition.Coordinates(query, scratch);
        if (partition.IsBesideAxes(query, coordinates))
        {
            return Scan(query, hits, filter);
        }

        var products = partition.Products(coordinates, scratch);
        var probes = partition.IsFar(coordinates) ? NList : NProbe;
        var order = Order(partition, products, probes, scratch);
        var tables = scratch.Tables(partition.Quantizer.TableLength);
        partition.Quantizer.Dots(coordinates, tables);
        var bytes = scratch.ByteTables(partition.BlockBytes);
        var (scale, offset) = ByteTables.Fill(tables, bytes);

        var wanted = Math.Max(hits.Length, (int)Math.Min(_count, (long)hits.Length * Rescore));
        var candidates = new Reservoir(scratch.Candidates((2 * wanted) + FastScan.BlockRows), wanted);
        var enough = Math.Min(hits.Length, filter?.Count ?? _count);
        fixed (byte* table = bytes)
        {
            // Where many vectors are equal many lists are empty, and lie in the same place.
            var probed = 0;
            for (var i = 0; i < order.Length && (probed < probes || candidates.Count < enough); i++)
            {
                if (i == probes)
                {
                    order[i..].Sort((a, b) => b.CompareTo(a));
                }

                var list = Reservoir.Id(order[i]);
                probed += partition.Lists[list].Count > 0 ? 1 : 0;
                ScanList(partition.Lists[list], partition.BlockBytes, table, scale, offset + products[list], filter, ref candidates);
            }
        }

        return Compare(query, candidates.Best(), hits);
    }

    private static Span<ulong> Order(IvfPartition partition, ReadOnlySpan<float> products, int probes, SearchScratch scratch)
    {
        var order = scratch.Lists(products.Length);
        var listBias = partition.ListBias;
        for (var c = 0; c < order.Length; c++)
        {
            order[c] = Reservoir.Key(products[c] + listBias[c], c);
        }

        if (probes < order.Length)
        {
            Reservoir.Select(order, probes - 1);
        }

        order[..Math.Min(probes, order.Length)].Sort((a, b) => b.CompareTo(a));
        return order;
    }

    private static void ScanList(
        IvfList list, int blockBytes, byte* tables, float scale, float offset, IdFilter? filter, ref Reservoir candidates)
    {
        var estimates = stackalloc float[FastScan.BlockRows];
        for (var first = 0; first < list.Count; first += FastScan.BlockRows)
        {
            var codes = list.Codes + ((long)first / FastScan.BlockRows * blockBytes);
            var above = FastScan.Block(
                codes, tables, blockBytes, scale, offset, list.Terms + first, candidates.Threshold, estimates, KernelPaths.Best);
            if (list.Count - first < FastScan.BlockRows)
            {
                above &= (1u << (list.Count - first)) - 1;
            }

            for (; above != 0; above &= above - 1)
            {
                var i = BitOperations.TrailingZeroCount(above);
                if ((filter is null || filter.Allows(list.Ids[first + i])) && !(estimates[i] <= candidates.Threshold))
                {
                    candidates.Add(estimates[i], list.Ids[first + i]);
                }
            }
        }
    }

    // Best estimates first. Once the next one is surely too low, given the errors seen so far, the rest is skipped.
    private int Compare(ReadOnlySpan<float> query, Span<ulong> candidates, Span<Hit> hits)
    {
        const int Ahead = 4;
        candidates.Sort((a, b) => b.CompareTo(a));
        var best = new TopK(hits);
        var (error, score) = (new ScoreError(0, ScoreError.Margin), 0f);
        var scale = Metric == Metric.L2 ? 2 : 1; // estimates are of q·x − |x|²/2
        for (var i = 0; i < candidates.Length; i++)
        {
            var estimate = scale * Reservoir.Value(candidates[i]);
            if (error.Best(estimate) < best.Threshold)
            {
                break;
            }

            if (i + Ahead < candidates.Length)
            {
                Fetch(Reservoir.Id(candidates[i + Ahead]));
            }

            var id = Reservoir.Id(candidates[i]);
            best.Add(new Hit(id, ScoreOf(query, id, ref score)));
            error.See(estimate, score);
        }

        return best.Sort();
    }

    private void Fetch(int id)
    {
        var row = (byte*)_rows[id];
        for (var at = 0; at < Math.Min(Dimensions * sizeof(float), 1024); at += 64)
        {
            Numerics.Kernels.CachePrefetch.Level1(row + at);
        }
    }

    // Finite vectors with huge components may score infinity, or NaN where two infinities meet. These rank last, but are not lost.
    private float ScoreOf(ReadOnlySpan<float> query, int id, ref float score)
    {
        MetricScore.Rows(Metric, query, _rows.Row(id), new Span<float>(ref score));
        return float.IsNaN(score) ? float.NegativeInfinity : score;
    }
}
