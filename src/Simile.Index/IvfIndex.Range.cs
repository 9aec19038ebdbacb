using System.Numerics;
using Simile.Index.Ivf;
using Simile.Index.Quantization;
using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Index;

/// <content>Range search.</content>
public sealed unsafe partial class IvfIndex
{
    /// <inheritdoc/>
    /// <remarks>Scans <see cref="NProbe"/> lists and goes on as long as the last one scanned held an answer. Every vector of those lists is compared by its floats.</remarks>
    public override Hit[] SearchRange(ReadOnlySpan<float> query, float score, IdFilter? filter = null)
    {
        Check(query);
        CheckScore(score);
        var scratch = SearchScratch.Mine;
        var prepared = scratch.Query(Dimensions);
        MetricScore.Prepare(Metric, query, prepared);
        var found = new List<Hit>();
        _gate.EnterReadLock();
        try
        {
            Collect(prepared, score, filter, found, scratch);
        }
        finally
        {
            _gate.ExitReadLock();
        }

        found.Sort(TopK.BestFirst);
        return [.. found];
    }

    private void Collect(ReadOnlySpan<float> query, float score, IdFilter? filter, List<Hit> found, SearchScratch scratch)
    {
        if (_partition is null)
        {
            for (var id = 0; id < _limit; id++)
            {
                CollectOne(query, id, score, filter, found);
            }

            return;
        }

        var coordinates = _partition.Coordinates(query, scratch);
        var products = _partition.Products(coordinates, scratch);
        var order = Order(_partition, products, _partition.Lists.Length, scratch);
        for (var (i, before) = (0, -1); i < order.Length && (i < NProbe || found.Count > before); i++)
        {
            before = found.Count;
            var list = _partition.Lists[Reservoir.Id(order[i])];
            for (var at = 0; at < list.Count; at++)
            {
                CollectOne(query, list.Ids[at], score, filter, found);
            }
        }
    }

    private void CollectOne(ReadOnlySpan<float> query, int id, float score, IdFilter? filter, List<Hit> found)
    {
        var own = 0f;
        if (IsHeld(id) && (filter is null || filter.Allows(id)) && ScoreOf(query, id, ref own) is var value && value >= score)
        {
            found.Add(new Hit(id, value));
        }
    }
}
