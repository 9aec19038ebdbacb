using Simile.Index.Hnsw;

namespace Simile.Index;

public sealed partial class HnswIndex
{
    private const int FewestTombstones = 64;

    // The share of removed slots that triggers a repair of the graph: one in this many.
    private const int TombstoneShare = 32;

    private void ConsolidateWhenDue()
    {
        if (_tombstones.Count >= FewestTombstones && _tombstones.Count >= _graph.Used / TombstoneShare)
        {
            Consolidate();
        }
    }

    /// <summary>
    /// Removes deleted vectors from the graph: edges to them are redirected to their neighbors (FreshDiskANN, Singh et al. 2021).
    /// </summary>
    private void Consolidate()
    {
        // A search that started before a removal still returns the vector, so it must find a way there.
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

    // Removes free slots at the end.
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
