using Simile.Index.Codes;
using Simile.Index.Hnsw;
using Simile.Numerics;

namespace Simile.Index;

public sealed partial class HnswIndex
{
    private const int NoSlot = -1;

    private readonly SortedSet<int> _freeIds = [];
    private readonly List<int> _freeSlots = [];
    private readonly List<int> _tombstones = [];
    private int[] _slots = [];
    private EqualRows? _equal; // made before the first change
    private int _count;
    private int _idLimit;
    private int _trainedOn;
    private float _longest;

    /// <inheritdoc/>
    public override int Add(ReadOnlySpan<float> vector)
    {
        Check(vector);
        var row = new VectorMatrix(vector.ToArray(), Dimensions);
        lock (_writer)
        {
            return Insert(row, TakeIds(1), null, default)[0];
        }
    }

    /// <inheritdoc/>
    public override int Add(VectorMatrix vectors, IProgress<int>? progress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        Check(vectors);
        lock (_writer)
        {
            var first = _idLimit;
            if (vectors.Count > 0)
            {
                Insert(vectors, [.. Enumerable.Range(first, vectors.Count)], progress, cancellationToken);
            }

            return first;
        }
    }

    /// <inheritdoc/>
    public override void Update(int id, ReadOnlySpan<float> vector)
    {
        Check(vector);
        var row = new VectorMatrix(vector.ToArray(), Dimensions);
        lock (_writer)
        {
            if (!Contains(id))
            {
                throw new ArgumentException($"No vector has the id {id}.", nameof(id));
            }

            Insert(row, [id], null, default);
            ConsolidateWhenDue();
        }
    }

    /// <inheritdoc/>
    public override bool Remove(int id)
    {
        lock (_writer)
        {
            if (!Contains(id))
            {
                return false;
            }

            Own();
            Leave(_slots[id], id);
            _slots[id] = NoSlot;
            _freeIds.Add(id);
            _count--;
            ConsolidateWhenDue();
            return true;
        }
    }

    /// <inheritdoc/>
    public override bool Contains(int id) => (uint)id < (uint)_idLimit && _slots[id] != NoSlot;

    /// <summary>Slots in the graph: all that are in use, tombstones too.</summary>
    private int InGraph => _graph.Used - _freeSlots.Count;

    private int[] TakeIds(int count)
    {
        var ids = _freeIds.Take(count).ToList();
        for (var next = _idLimit; ids.Count < count; next++)
        {
            ids.Add(next);
        }

        return [.. ids];
    }

    private int[] Insert(VectorMatrix vectors, int[] ids, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        Own();
        Measure(vectors);
        var slots = TakeSlots(vectors, out var added);
        if (!TrainWhenDue())
        {
            EncodeLines(added);
        }

        try
        {
            LinkAll(added, progress, cancellationToken);
        }
        catch
        {
            Abandon(added);
            throw;
        }

        Answer(slots, ids);
        return ids;
    }

    /// <summary>From now on the slots are found under their ids.</summary>
    private void Answer(int[] slots, int[] ids)
    {
        var limit = Math.Max(_idLimit, ids.Max() + 1);
        if (_slots.Length < limit)
        {
            var length = _slots.Length;
            Array.Resize(ref _slots, ids.Length > 1 ? limit : Math.Max(limit, length + (length / 16) + 16));
            _slots.AsSpan(length).Fill(NoSlot);
        }

        for (var i = 0; i < slots.Length; i++)
        {
            ref var slot = ref _slots[ids[i]];
            if (slot == slots[i])
            {
                continue;
            }

            if (slot == NoSlot)
            {
                _count++;
                _freeIds.Remove(ids[i]);
            }
            else
            {
                Leave(slot, ids[i]);
            }

            slot = slots[i];
            _graph.Ids.Add(slot, ids[i]);
        }

        _idLimit = limit;
    }

    /// <summary>Puts vectors in place and returns the slot of each. A vector that equals another gets that one's slot; <paramref name="added"/> are the others.</summary>
    private int[] TakeSlots(VectorMatrix vectors, out int[] added)
    {
        var equal = FindEqual(vectors, out var hashes);
        var missing = equal.Count(slot => slot == NoSlot);
        Reserve(missing - _freeSlots.Count, VectorRows.FitBytes(Metric, vectors.AsSpan()), exactly: vectors.Count > 1);
        _equal!.Reserve(missing, _graph.Rows);
        var (slots, taken) = (equal, new List<int>(missing));
        var prepared = new float[Dimensions];
        for (var i = 0; i < slots.Length; i++)
        {
            if (slots[i] != NoSlot)
            {
                continue;
            }

            // An earlier one of the same call may be equal.
            MetricScore.Prepare(Metric, vectors[i], prepared);
            slots[i] = taken.Count == 0 ? NoSlot : _equal.Find(hashes[i], prepared, _graph.Rows);
            if (slots[i] == NoSlot)
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

    // The slots of vectors that equal one in the index, and hashes of all.
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

    // How long the longest vector is, which the others are made as long as.
    private void Measure(VectorMatrix vectors)
    {
        for (var i = 0; i < vectors.Count && _graph.Tails is not null; i++)
        {
            _longest = MathF.Max(_longest, MathF.Min(PrincipalAxes.LongestInSums, VectorMath.Norm(vectors[i])));
        }
    }

    private void Place(int slot, ReadOnlySpan<float> vector)
    {
        _graph.Ids.Clear(slot);
        _graph.Rows.Set(slot, vector);
        if (_graph.Tails is { } tails)
        {
            var norm = VectorMath.Norm(vector);
            tails[slot] = MathF.Sqrt(MathF.Max(0, (_longest * _longest) - (norm * norm)));
        }
    }

    /// <summary>The slot is no longer answered under the id, and is taken out of the graph when it has no other.</summary>
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

    // What was linked of a cancelled call stays in the graph as removed.
    private void Abandon(int[] slots)
    {
        foreach (var slot in slots)
        {
            Bury(slot);
        }
    }
}
