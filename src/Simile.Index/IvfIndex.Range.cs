using System.Numerics;
using Simile.Index.Codes;
using Simile.Index.Ivf;
using Simile.Index.Quantization;
using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Index;

/// <content>Range search.</content>
public sealed unsafe partial class IvfIndex
{
    // At most this share of the probed lists may hold no answer before the scan ends.
    private const int Patience = 8;

    /// <inheritdoc/>
    /// <remarks>
    /// Scans <see cref="NProbe"/> lists with allowed vectors, and continues until several in a row had no answer. Every vector of those
    /// lists is scored exactly. A filter with few ids is processed id by id.
    /// </remarks>
    public override Hit[] SearchRange(ReadOnlySpan<float> query, float score, IdFilter? filter = null)
    {
        Check(query);
        CheckScore(score);
        var scratch = SearchScratch.Mine;
        var prepared = scratch.Query(Dimensions);
        MetricScore.Prepare(Metric, query, prepared);
        var found = new List<Hit>();
        using var reading = _gate.Read();
        Collect(prepared, score, filter, found, scratch);

        found.Sort(TopK.BestFirst);
        return [.. found];
    }

    private void Collect(ReadOnlySpan<float> query, float score, IdFilter? filter, List<Hit> found, SearchScratch scratch)
    {
        if (_partition is null || IsExact || !PrincipalAxes.IsUsual(query) || ScanIsCheaper(_partition, filter, k: 0))
        {
            CollectAll(query, score, filter, found);
            return;
        }

        var coordinates = _partition.Coordinates(query, scratch);
        var products = _partition.Products(coordinates, scratch);
        var order = Order(_partition, products, _partition.Lists.Length, scratch);
        var patience = 1 + (NProbe / Patience);
        for (var (i, scanned, inVain) = (0, 0, 0); i < order.Length && (scanned < NProbe || inVain < patience); i++)
        {
            var before = found.Count;
            if (Collect(query, _partition.Lists[Reservoir.Id(order[i])], score, filter, found))
            {
                scanned++;
                inVain = found.Count > before ? 0 : inVain + 1;
            }
        }
    }

    private void CollectAll(ReadOnlySpan<float> query, float score, IdFilter? filter, List<Hit> found)
    {
        if (filter is null)
        {
            for (var id = 0; id < _limit; id++)
            {
                CollectOne(query, id, score, found);
            }

            return;
        }

        foreach (var id in filter.Ids())
        {
            CollectOne(query, id, score, found);
        }
    }

    // False if no vector of the list is allowed: such a list says nothing about later ones.
    private bool Collect(ReadOnlySpan<float> query, IvfList list, float score, IdFilter? filter, List<Hit> found)
    {
        var any = false;
        for (var at = 0; at < list.Count; at++)
        {
            if (filter is null || filter.Allows(list.Ids[at]))
            {
                any = true;
                CollectOne(query, list.Ids[at], score, found);
            }
        }

        return any;
    }

    private void CollectOne(ReadOnlySpan<float> query, int id, float score, List<Hit> found)
    {
        var own = 0f;
        if (IsHeld(id) && ScoreOf(query, id, ref own) is var value && value >= score)
        {
            found.Add(new Hit(id, value));
        }
    }
}
