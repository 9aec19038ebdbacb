namespace Simile.Index.Hnsw;

/// <summary>The ids of equal vectors that share one slot, ascending.</summary>
/// <remarks>One writer and any number of readers, which never wait. A reader sees each change completely or not at all.</remarks>
internal sealed class CopyIds
{
    // A removed id is kept as its complement, which preserves the order, until half of all are removed.
    private State _state;
    private int _removed;

    public CopyIds(ReadOnlySpan<int> ids)
    {
        var sorted = ids.ToArray();
        Array.Sort(sorted);
        _state = new State(sorted, sorted.Length);
    }

    /// <summary>Number of ids.</summary>
    public int Count => Volatile.Read(ref _state).Count - _removed;

    public long Bytes => _state.Ids.Length * (long)sizeof(int);

    /// <summary>A snapshot of the ids, ascending.</summary>
    public Enumerator GetEnumerator()
    {
        var state = Volatile.Read(ref _state);
        return new Enumerator(state.Ids.AsSpan(0, Volatile.Read(ref state.Count)));
    }

    public void Add(int id)
    {
        var state = _state;
        if (state.Count == 0 || Value(state.Ids[state.Count - 1]) < id)
        {
            Append(id);
            return;
        }

        var at = IndexOf(id);
        if (at >= 0)
        {
            Volatile.Write(ref state.Ids[at], id);
            _removed--;
            return;
        }

        var ids = new int[state.Count + 1 + (state.Count / 4)];
        state.Ids.AsSpan(0, ~at).CopyTo(ids);
        ids[~at] = id;
        state.Ids.AsSpan(~at, state.Count - ~at).CopyTo(ids.AsSpan(~at + 1));
        Volatile.Write(ref _state, new State(ids, state.Count + 1));
    }

    public void Remove(int id)
    {
        var state = _state;
        Volatile.Write(ref state.Ids[IndexOf(id)], ~id);
        _removed++;
        if (2 * _removed > state.Count)
        {
            var left = state.Ids.AsSpan(0, state.Count).ToArray().Where(other => other >= 0).ToArray();
            _removed = 0;
            Volatile.Write(ref _state, new State(left, left.Length));
        }
    }

    private static int Value(int entry) => entry < 0 ? ~entry : entry;

    private void Append(int id)
    {
        var state = _state;
        if (state.Count < state.Ids.Length)
        {
            state.Ids[state.Count] = id;
            Volatile.Write(ref state.Count, state.Count + 1);
            return;
        }

        var ids = state.Ids;
        Array.Resize(ref ids, state.Count + 4 + (state.Count / 4));
        ids[state.Count] = id;
        Volatile.Write(ref _state, new State(ids, state.Count + 1));
    }

    private int IndexOf(int id)
    {
        var (low, high) = (0, _state.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var value = Value(_state.Ids[middle]);
            if (value == id)
            {
                return middle;
            }

            (low, high) = value < id ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }

    public ref struct Enumerator(ReadOnlySpan<int> entries)
    {
        private readonly ReadOnlySpan<int> _entries = entries;
        private int _at = -1;

        public readonly int Current => _entries[_at];

        public bool MoveNext()
        {
            do
            {
                _at++;
            }
            while (_at < _entries.Length && _entries[_at] < 0);
            return _at < _entries.Length;
        }
    }

    private sealed class State(int[] ids, int count)
    {
        public readonly int[] Ids = ids;
        public int Count = count;
    }
}
