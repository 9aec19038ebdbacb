namespace Simile.Index.Hnsw;

/// <summary>
/// The visible state at the start of a search, whatever changes meanwhile. For one search at a time. Allocates nothing if nothing changes.
/// </summary>
/// <remarks>Data are read before the list of changes: a change that is visible in the data was appended earlier, and is undone.</remarks>
internal sealed class Snapshot
{
    // For changed ids: the earlier slot, and for each slot the ids that left it.
    private readonly Dictionary<int, int> _slotBefore = [];
    private readonly Dictionary<int, int> _lastLeft = [];
    private readonly List<(int Id, int Earlier)> _left = [];
    private readonly List<Change> _batches = [];
    private readonly List<int> _ids = [];
    private Change? _last;
    private bool _changed;

    /// <summary>Starts after a change: later changes are undone.</summary>
    public void Begin(Change last) => _last = last;

    /// <summary>Releases the changes.</summary>
    public void End()
    {
        _last = null;
        if (_changed)
        {
            _slotBefore.Clear();
            _lastLeft.Clear();
            _left.Clear();
            _batches.Clear();
            _changed = false;
        }
    }

    /// <summary>Whether anything changed since the search started.</summary>
    public bool SeesChanges()
    {
        while (_last!.Next is { } next)
        {
            _changed = true;
            Undo(next);
            _last = next;
        }

        return _changed;
    }

    /// <summary>The slot of an id, or <see cref="SlotTable.NoSlot"/>.</summary>
    public int SlotOf(SlotTable slots, int id)
    {
        var slot = slots[id];
        if (!SeesChanges())
        {
            return slot;
        }

        return _slotBefore.TryGetValue(id, out var before) ? before : GivenByBatch(id) ? SlotTable.NoSlot : slot;
    }

    /// <summary>Whether a slot may have several ids.</summary>
    public bool MayHaveMore(SlotIds ids, int slot)
    {
        var list = SlotIds.IsList(ids.Word(slot));
        return SeesChanges() || list;
    }

    /// <summary>Whether a slot has an id.</summary>
    public bool IsAnswered(SlotIds ids, int slot)
    {
        var answered = ids.IsAnswered(slot);
        return SeesChanges() ? IdsOf(ids, slot).Count > 0 : answered;
    }

    /// <summary>The number of a slot's ids that a filter allows. Stops counting at <paramref name="enough"/>.</summary>
    public int CountAllowed(SlotIds ids, int slot, IdFilter? filter, int enough)
    {
        var count = ids.CountAllowed(slot, filter, enough);
        Volatile.ReadBarrier();
        if (!SeesChanges())
        {
            return count;
        }

        count = 0;
        foreach (var id in IdsOf(ids, slot))
        {
            count += filter is null || filter.Allows(id) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Offers the hits of a slot.</summary>
    public void Show(SlotIds ids, int slot, float score, IdFilter? filter, ref TopK best)
    {
        var word = ids.Word(slot);
        if (!SlotIds.IsList(word) && !SeesChanges())
        {
            if (word != SlotIds.None)
            {
                best.Add(new Hit(word, score));
            }

            return;
        }

        Read(ids, slot, score, filter, in best);
        if (SeesChanges())
        {
            IdsOf(ids, slot);
        }

        foreach (var id in _ids)
        {
            if (filter is null || filter.Allows(id))
            {
                best.Add(new Hit(id, score));
            }
        }
    }

    // The ids that can be among the best. They ascend, so the first one that is too late ends the loop.
    private void Read(SlotIds ids, int slot, float score, IdFilter? filter, in TopK best)
    {
        _ids.Clear();
        foreach (var id in ids.Of(slot))
        {
            if (_ids.Count == best.Most || !best.Admits(new Hit(id, score)))
            {
                break;
            }

            if (filter is null || filter.Allows(id))
            {
                _ids.Add(id);
            }
        }

        Volatile.ReadBarrier();
    }

    // All ids of a slot at the start of the search: its unchanged ids, and those that left it.
    private List<int> IdsOf(SlotIds ids, int slot)
    {
        _ids.Clear();
        foreach (var id in ids.Of(slot))
        {
            _ids.Add(id);
        }

        Volatile.ReadBarrier();
        SeesChanges();
        _ids.RemoveAll(id => _slotBefore.ContainsKey(id) || GivenByBatch(id));
        for (var at = _lastLeft.GetValueOrDefault(slot); at > 0; at = _left[at - 1].Earlier)
        {
            _ids.Add(_left[at - 1].Id);
        }

        return _ids;
    }

    // The first change of an id gives its earlier slot.
    private void Undo(Change change)
    {
        if (change.IsBatch)
        {
            _batches.Add(change);
            return;
        }

        for (var i = 0; i < change.Ids.Length; i++)
        {
            var (id, before) = (change.Ids[i], change.Before[i]);
            if (!GivenByBatch(id) && _slotBefore.TryAdd(id, before) && before != SlotTable.NoSlot)
            {
                _left.Add((id, _lastLeft.GetValueOrDefault(before)));
                _lastLeft[before] = _left.Count;
            }
        }
    }

    private bool GivenByBatch(int id)
    {
        foreach (var batch in _batches)
        {
            if (batch.HasId(id))
            {
                return true;
            }
        }

        return false;
    }
}
