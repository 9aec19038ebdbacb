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
            Bury(_slots[id]);
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
        var slots = TakeSlots(vectors);
        Measure(vectors);
        Parallel.For(0, slots.Length, i => Place(slots[i], vectors[i]));
        if (!TrainWhenDue(slots.Length))
        {
            EncodeLines(slots);
        }

        try
        {
            LinkAll(slots, progress, cancellationToken);
        }
        catch
        {
            Abandon(slots);
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
            if (slot == NoSlot)
            {
                _count++;
                _freeIds.Remove(ids[i]);
            }
            else
            {
                Bury(slot);
            }

            slot = slots[i];
            _graph.Ids[slot] = ids[i];
        }

        _idLimit = limit;
    }

    private int[] TakeSlots(VectorMatrix vectors)
    {
        var count = vectors.Count;
        Reserve(count - _freeSlots.Count, VectorRows.FitBytes(Metric, vectors.AsSpan()), exactly: count > 1);
        var slots = new int[count];
        for (var i = 0; i < count; i++)
        {
            if (_freeSlots.Count > 0)
            {
                slots[i] = _freeSlots[^1];
                _freeSlots.RemoveAt(_freeSlots.Count - 1);
            }
            else
            {
                slots[i] = _graph.Used++;
            }
        }

        return slots;
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
        _graph.Ids[slot] = Graph.NoId;
        if (Metric == Metric.Cosine)
        {
            var unit = new float[Dimensions];
            VectorMath.Normalize(vector, unit);
            _graph.Rows.Set(slot, unit);
            return;
        }

        _graph.Rows.Set(slot, vector);
        if (_graph.Tails is { } tails)
        {
            var norm = VectorMath.Norm(vector);
            tails[slot] = MathF.Sqrt(MathF.Max(0, (_longest * _longest) - (norm * norm)));
        }
    }

    private void Bury(int slot)
    {
        _graph.Ids[slot] = Graph.NoId;
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
