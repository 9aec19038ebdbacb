using Simile.Index.Hnsw;
using Simile.Index.Tuning;

namespace Simile.Index;

/// <content>Repair of the graph, and measurement of its recall.</content>
public sealed partial class HnswIndex
{
    // Smaller sets are scanned.
    private const int CheckedFrom = 512;
    private const int CheckedNearest = 10;

    // What searches shall surely find of their ten nearest, unless the caller chose the breadth.
    private const double WantedRecall = 0.955;

    // Below this recall the graph is not used, however much a scan costs.
    private const double LeastRecall = 0.85;

    // The search breadth is increased up to this factor.
    private const int MostWidened = 4;

    // The graph is mended and checked when one in so many slots has changed.
    private const int MendedEach = 8;

    private int _sinceMended;
    private int _leastEf;
    private volatile bool _scans;
    private Nearness? _nearness;

    /// <inheritdoc/>
    /// <remarks>
    /// An index decides so if its own check finds that searches in the graph miss too much, until <see cref="Ef"/> is set.
    /// </remarks>
    public override bool IsExact => _ef is null && _scans;

    private void MendWhenDue(int changed)
    {
        _sinceMended += changed;
        var linked = InGraph - _tombstones.Count;
        if (_sinceMended < Math.Max(1, linked / MendedEach))
        {
            return;
        }

        Mend();
        CheckRecall();
    }

    private void Mend()
    {
        _sinceMended = 0;
        var isFree = new bool[_graph.Used];
        _freeSlots.ForEach(slot => isFree[slot] = true);
        Array.ForEach(_graph.Apart, slot => isFree[slot] |= _graph.IsApart(slot)); // no walk by codes passes through
        var reach = new GraphReach(_graph, isFree, _scratches);
        reach.Connect();
        reach.Probe();
    }

    // Increases the breadth until recall is sufficient. If that costs as much as a scan, or does not help, everything is scanned.
    private void CheckRecall()
    {
        (_leastEf, _scans, _nearness) = (0, false, null);
        var slots = LiveSlots();
        if (slots.Length < CheckedFrom)
        {
            return;
        }

        var rows = _graph.Rows;
        var check = new RecallCheck(Dimensions, slots, rows.CopyTo, rows.Score, CheckedNearest);
        var recall = 0.0;
        for (var ef = _options.Ef; ef <= MostWidened * _options.Ef && recall < WantedRecall; ef *= 2)
        {
            _leastEf = Math.Min(ef, 65536);
            recall = check.Recall(SearchSlots);
        }

        Volatile.Write(ref _nearness, Nearness.Of(Metric, _graph.Center, check.Neighbors));
        var cost = SearchCost.OfRows(Dimensions);
        _scans = recall < LeastRecall || (recall < WantedRecall && cost.OfScan(slots.Length) <= cost.OfWalk(2 * _leastEf));
    }

    // As a caller's search, except that hits are slots.
    private int SearchSlots(float[] query, Span<Hit> hits)
    {
        var scratch = _scratches.Take();
        scratch.Snapshot.Begin(_changes);
        var found = Find(query, Math.Max(_leastEf, hits.Length), hits.Length, null, null, scratch, out var graph);
        found = Rescore(graph, scratch, found, hits, null, slots: true);
        scratch.Snapshot.End();
        _scratches.Return(scratch);
        return found;
    }
}
