using Simile.Index.Memory;

namespace Simile.Index.Hnsw;

/// <summary>The ids of each slot: none, one, or those of all equal vectors.</summary>
/// <remarks>
/// Equal vectors share one node of the graph. As separate nodes they would fill each other's links and split the graph.
/// One writer and any number of readers. The word of a slot is its id, <see cref="None"/>, or −2 − i for list i.
/// </remarks>
internal sealed class SlotIds : IDisposable
{
    /// <summary>The word of a slot without ids: removed, or unused.</summary>
    public const int None = -1;

    private readonly NativeArray<int> _words;
    private readonly Lists _lists;

    public SlotIds(int capacity)
        : this(new NativeArray<int>(capacity), new Lists()) => _words.Slice(0, capacity).Fill(None);

    /// <summary>Maps the words of a file, which contain no lists.</summary>
    public SlotIds(NativeArray<int> words)
        : this(words, new Lists())
    {
    }

    private SlotIds(NativeArray<int> words, Lists lists) => (_words, _lists) = (words, lists);

    public long Bytes => _words.Bytes + _lists.Bytes;

    /// <summary>Whether any slot has several ids.</summary>
    public bool HasCopies => _lists.Used > 0;

    public unsafe byte* AddressOf(int slot) => (byte*)(_words.Pointer + slot);

    /// <summary>The word of a slot. Read it once and pass it to the other methods.</summary>
    public int Word(int slot) => Volatile.Read(ref _words[slot]);

    public bool IsAnswered(int slot) => Word(slot) != None;

    /// <summary>Whether the word refers to several ids.</summary>
    public static bool IsList(int word) => word < None;

    /// <summary>The ids of a word; null for none or one.</summary>
    public CopyIds? List(int word) => IsList(word) ? _lists.At(-2 - word) : null;

    /// <summary>Loads the ids of a slot from a file.</summary>
    public void Read(int slot, ReadOnlySpan<int> ids) =>
        Set(slot, ids.Length switch { 0 => None, 1 => Math.Max(None, ids[0]), _ => -2 - _lists.Add(new CopyIds(ids)) });

    /// <summary>The number of a slot's ids that a filter allows. Stops counting at <paramref name="enough"/>.</summary>
    public int CountAllowed(int slot, IdFilter? filter, int enough)
    {
        var word = Word(slot);
        if (!IsList(word))
        {
            return word != None && (filter is null || filter.Allows(word)) ? 1 : 0;
        }

        var count = 0;
        foreach (var id in List(word) ?? Nothing)
        {
            count += filter is null || filter.Allows(id) ? 1 : 0;
            if (count >= enough)
            {
                break;
            }
        }

        return count;
    }

    /// <summary>A snapshot of a slot's ids, ascending.</summary>
    public Enumerator Of(int slot)
    {
        var word = Word(slot);
        return IsList(word) ? new Enumerator((List(word) ?? Nothing).GetEnumerator()) : new Enumerator(word);
    }

    public void Clear(int slot) => Set(slot, None);

    /// <summary>Adds an id to a slot.</summary>
    public void Add(int slot, int id)
    {
        var word = _words[slot];
        if (word == None)
        {
            Set(slot, id);
        }
        else if (IsList(word))
        {
            List(word)!.Add(id);
        }
        else
        {
            Set(slot, -2 - _lists.Add(new CopyIds([word, id])));
        }
    }

    /// <summary>Removes an id from a slot. False if it has no other id.</summary>
    public bool Remove(int slot, int id)
    {
        var word = _words[slot];
        if (List(word) is { } list)
        {
            list.Remove(id);
            if (list.Count > 0)
            {
                return true;
            }

            Set(slot, None);
            _lists.Remove(-2 - word);
            return false;
        }

        Set(slot, None);
        return false;
    }

    /// <summary>Reuses removed entries: no reader can see them any more.</summary>
    public void Forget() => _lists.Forget();

    /// <summary>A copy with space for more slots.</summary>
    public SlotIds Grown(int capacity, int used)
    {
        var words = _words.Grown(capacity, used);
        words.Slice(used, capacity - used).Fill(None);
        return new SlotIds(words, _lists);
    }

    public void Dispose() => _words.Dispose();

    private static CopyIds Nothing { get; } = new([]);

    private void Set(int slot, int word) => Volatile.Write(ref _words[slot], word);

    /// <summary>Enumerates the ids of a slot. A slot has no id, one id, or a list of ids if equal vectors share it.</summary>
    public ref struct Enumerator
    {
        private CopyIds.Enumerator _list;
        private readonly bool _many;
        private int _next;

        public Enumerator(CopyIds.Enumerator list)
        {
            _list = list;
            _many = true;
        }

        public Enumerator(int word) => _next = word;

        public int Current { get; private set; }

        public readonly Enumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_many)
            {
                var there = _list.MoveNext();
                Current = there ? _list.Current : None;
                return there;
            }

            (Current, _next) = (_next, None);
            return Current != None;
        }
    }

    /// <summary>The lists of all slots, shared by a graph and its successors.</summary>
    private sealed class Lists
    {
        private readonly List<int> _removed = [];
        private readonly Stack<int> _free = new();
        private CopyIds?[] _lists = [];
        private int _next;

        public int Used => _next - _removed.Count - _free.Count;

        public long Bytes => _lists.Sum(list => sizeof(long) + (list?.Bytes ?? 0));

        public CopyIds? At(int index) => Volatile.Read(ref _lists) is var lists && (uint)index < (uint)lists.Length ? lists[index] : null;

        public int Add(CopyIds list)
        {
            var index = _free.Count > 0 ? _free.Pop() : _next++;
            if (index == _lists.Length)
            {
                var larger = new CopyIds?[(2 * index) + 4];
                _lists.CopyTo(larger, 0);
                Volatile.Write(ref _lists, larger);
            }

            _lists[index] = list;
            return index;
        }

        // A reader may still have the word, so the entry is not reused before it has finished.
        public void Remove(int index)
        {
            _lists[index] = null;
            _removed.Add(index);
        }

        public void Forget()
        {
            _removed.ForEach(_free.Push);
            _removed.Clear();
        }
    }
}
