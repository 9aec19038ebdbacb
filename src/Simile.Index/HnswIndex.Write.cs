using Simile.Index.Codes;
using Simile.Index.Hnsw;
using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Index;

public sealed partial class HnswIndex
{
    private readonly List<int> _freeSlots = [];
    private readonly List<int> _tombstones = [];
    private Change _changes = new([], [], []); // the last one
    private int _unshown; // slots in the graph that a change will show
    private EqualRows? _equal; // made before the first change
    private int _trainedOn;
    private int _sinceTrained;
    private int _sinceCentered;

    /// <inheritdoc/>
    public override int Add(ReadOnlySpan<float> vector)
    {
        Check(vector);
        var row = new VectorMatrix(vector.ToArray(), Dimensions);
        using var writing = Write();
        var id = _graph.Slots.Free(1);
        Insert(row, id, null, default);
        return id;
    }

    /// <inheritdoc/>
    public override int Add(VectorMatrix vectors, IProgress<int>? progress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        Check(vectors);
        using var writing = Write();
        var first = _graph.Slots.Free(vectors.Count);
        if (vectors.Count > 0)
        {
            Insert(vectors, first, progress, cancellationToken);
        }

        return first;
    }

    /// <inheritdoc/>
    public override void Update(int id, ReadOnlySpan<float> vector)
    {
        Check(vector);
        var row = new VectorMatrix(vector.ToArray(), Dimensions);
        using var writing = Write();
        if (_graph.Slots[id] == SlotTable.NoSlot)
        {
            throw new ArgumentException($"No vector has the id {id}.", nameof(id));
        }

        Insert(row, id, null, default);
        ConsolidateWhenDue();
    }

    /// <inheritdoc/>
    public override bool Remove(int id)
    {
        using var writing = Write();
        if (_graph.Slots[id] == SlotTable.NoSlot)
        {
            return false;
        }

        Own();
        Show(new Change([id], [SlotTable.NoSlot], [_graph.Slots[id]]));
        ConsolidateWhenDue();
        MendWhenDue(1);
        return true;
    }

    /// <inheritdoc/>
    public override bool Contains(int id)
    {
        _readers.ThrowIfClosed();
        return Volatile.Read(ref _graph).Slots[id] != SlotTable.NoSlot;
    }

    /// <summary>Number of slots in the graph: all used ones, including removed vectors.</summary>
    private int InGraph => _graph.Used - _freeSlots.Count;

    // Adds vectors with successive ids. An id in use gets the new vector instead.
    private void Insert(VectorMatrix vectors, int first, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        if (first > int.MaxValue - vectors.Count)
        {
            throw new ArgumentException($"All ids up to {int.MaxValue:N0} are used: build the index again.");
        }

        Own();
        var slots = TakeSlots(vectors, out var added);
        CenterWhenDue(added.Length);
        _sinceTrained += added.Length;
        if (!TrainWhenDue(added))
        {
            EncodeLines(added);
        }

        Volatile.Write(ref _unshown, added.Length);
        try
        {
            LinkAll(added, progress, cancellationToken);
        }
        catch
        {
            Abandon(added);
            throw;
        }

        int[] ids = [.. Enumerable.Range(first, slots.Length)];
        Show(new Change(ids, slots, Array.ConvertAll(ids, id => _graph.Slots[id])));
        Volatile.Write(ref _unshown, 0);
        MendWhenDue(added.Length);
    }

    /// <summary>Publishes a change: searches that start from now on see all of it, earlier ones see nothing of it.</summary>
    private void Show(Change change)
    {
        _changes.Next = change;
        Interlocked.MemoryBarrier(); // nothing of it shows before
        for (var i = 0; i < change.Ids.Length; i++)
        {
            Show(change.Ids[i], change.Slots[i], change.Before[i]);
        }

        Volatile.Write(ref _changes, change);
    }

    private void Show(int id, int slot, int before)
    {
        if (slot == before)
        {
            return;
        }

        if (before != SlotTable.NoSlot)
        {
            Leave(before, id);
        }

        if (slot == SlotTable.NoSlot)
        {
            _graph.Slots.Clear(id);
            return;
        }

        _graph.Ids.Add(slot, id);
        _graph.Slots.Set(id, slot);
    }

    /// <summary>
    /// Stores vectors and returns the slot of each. A vector that equals another shares its slot; <paramref name="added"/> are the other
    /// slots.
    /// </summary>
    private int[] TakeSlots(VectorMatrix vectors, out int[] added)
    {
        var equal = FindEqual(vectors, out var hashes);
        var missing = equal.Count(slot => slot == SlotTable.NoSlot);
        Reserve(missing - _freeSlots.Count, VectorRows.FitBytes(Metric, vectors.AsSpan()), exactly: vectors.Count > 1);
        _equal!.Reserve(missing, _graph.Rows);
        var (slots, taken) = (equal, new List<int>(missing));
        var prepared = new float[Dimensions];
        for (var i = 0; i < slots.Length; i++)
        {
            if (slots[i] != SlotTable.NoSlot)
            {
                continue;
            }

            // An earlier vector of the same call may be equal.
            MetricScore.Prepare(Metric, vectors[i], prepared);
            slots[i] = taken.Count == 0 ? SlotTable.NoSlot : _equal.Find(hashes[i], prepared, _graph.Rows);
            if (slots[i] == SlotTable.NoSlot)
            {
                slots[i] = TakeSlot();
                Place(slots[i], prepared);
                _equal.Add(hashes[i], slots[i]);
                taken.Add(slots[i]);
            }
        }

        added = [.. taken];
        return slots;
    }

    private int TakeSlot()
    {
        if (_freeSlots.Count == 0)
        {
            return _graph.Used++;
        }

        var slot = _freeSlots[^1];
        _freeSlots.RemoveAt(_freeSlots.Count - 1);
        return slot;
    }

    // The slots of equal vectors in the index, and the hashes of all.
    private int[] FindEqual(VectorMatrix vectors, out uint[] hashes)
    {
        const int Block = 256;
        _equal ??= AllRows();
        var (slots, all) = (new int[vectors.Count], new uint[vectors.Count]);
        Parallel.For(0, (slots.Length + Block - 1) / Block, block =>
        {
            var prepared = new float[Dimensions];
            for (var i = block * Block; i < Math.Min(slots.Length, (block + 1) * Block); i++)
            {
                MetricScore.Prepare(Metric, vectors[i], prepared);
                all[i] = EqualRows.Hash(prepared);
                slots[i] = _equal.Find(all[i], prepared, _graph.Rows);
            }
        });
        hashes = all;
        return slots;
    }

    private EqualRows AllRows()
    {
        var rows = new EqualRows(Dimensions);
        rows.Reserve(InGraph - _tombstones.Count, _graph.Rows);
        var row = new float[Dimensions];
        for (var slot = 0; slot < _graph.Used; slot++)
        {
            if (_graph.Ids.IsAnswered(slot))
            {
                _graph.Rows.CopyTo(slot, row);
                rows.Add(EqualRows.Hash(row), slot);
            }
        }

        return rows;
    }

    // Under the dot product. Computed again when half of the vectors are new: edges chosen before stay, later ones are enough.
    private void CenterWhenDue(int added)
    {
        _sinceCentered += added;
        if (_graph.Center.Length == 0 || 2L * _sinceCentered >= InGraph - _tombstones.Count)
        {
            Center();
        }
    }

    private void Center()
    {
        if (_graph.SquaredNorms is not { } norms)
        {
            return;
        }

        _sinceCentered = 0;
        var sample = Sample();
        _graph.Center = sample.Count == 0 ? new float[Dimensions] : VectorMath.Mean(UsualRows.Of(sample));
        for (var slot = 0; slot < _graph.Used; slot++)
        {
            norms[slot] = Pairwise<SquaredL2>.One(_graph.Rows.Floats(slot), _graph.Center);
        }
    }

    private void Place(int slot, ReadOnlySpan<float> vector)
    {
        _graph.Ids.Clear(slot);
        _graph.Rows.Set(slot, vector);
        if (_graph.SquaredNorms is { } norms && _graph.Center.Length > 0)
        {
            norms[slot] = Pairwise<SquaredL2>.One(vector, _graph.Center);
        }
    }

    /// <summary>Removes an id from its slot, and removes the slot from the graph if it has no other id.</summary>
    private void Leave(int slot, int id)
    {
        if (!_graph.Ids.Remove(slot, id))
        {
            Bury(slot);
        }
    }

    private void Bury(int slot)
    {
        _equal?.Remove(slot, _graph.Rows);
        _graph.Ids.Clear(slot);
        _tombstones.Add(slot);
    }

    // Undoes the links of a canceled call, and frees its memory.
    private void Abandon(int[] slots)
    {
        foreach (var slot in slots)
        {
            Bury(slot);
        }

        Consolidate();
        Trim();
        Volatile.Write(ref _unshown, 0);
    }
}
