using Simile.Index.Hnsw;

namespace Simile.Index;

public sealed partial class HnswIndex
{
    private const int FewestTombstones = 64;

    // One in so many slots may be a tombstone before the graph is mended.
    private const int TombstoneShare = 32;

    private void ConsolidateWhenDue()
    {
        if (_tombstones.Count >= FewestTombstones && _tombstones.Count >= _graph.Used / TombstoneShare)
        {
            Consolidate();
        }
    }

    /// <summary>Takes removed vectors out of the graph: those that led to them lead to their neighbours instead (FreshDiskANN, Singh et al. 2021).</summary>
    private void Consolidate()
    {
        // A search that began before a vector was removed answers with it: it must find its way there.
        _readers.WaitForReaders();
        var dead = new bool[_graph.Used];
        foreach (var slot in _tombstones.Concat(_freeSlots))
        {
            dead[slot] = true;
        }

        var repair = new GraphRepair(_graph, dead);
        Parallel.For(0, _graph.Used, slot => repair.Mend(slot));
        repair.ReplaceEntries();
        _readers.WaitForReaders();
        foreach (var slot in _tombstones)
        {
            _graph.Links.Write(slot, []);
            _freeSlots.Add(slot);
        }

        _tombstones.Clear();
        _graph.Ids.Forget();
    }

    // Free slots behind the last that is in use go.
    private void Trim()
    {
        _freeSlots.Sort();
        var used = _graph.Used;
        while (_freeSlots.Count > 0 && _freeSlots[^1] == used - 1)
        {
            _freeSlots.RemoveAt(_freeSlots.Count - 1);
            used--;
        }

        if (used < _graph.Used)
        {
            _graph.Apart = [.. _graph.Apart.Where(slot => slot < used)];
            _graph.Used = used;
            Replace(old => Grown(old, used, old.Rows.InBytes));
        }
    }
}
