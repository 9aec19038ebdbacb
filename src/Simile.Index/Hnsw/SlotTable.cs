namespace Simile.Index.Hnsw;

/// <summary>Maps ids to slots, in pages that exist only if one of their ids is in use: a few large ids take little memory.</summary>
/// <remarks>One writer and any number of readers, who see the old or the new slot of each id.</remarks>
internal sealed class SlotTable
{
    /// <summary>The slot of an unused id.</summary>
    public const int NoSlot = -1;

    private const int Shift = 12;
    private const int PageIds = 1 << Shift;

    private Page?[] _pages = [];
    private int _firstFree; // no id below it is free

    /// <summary>One more than the largest id ever given.</summary>
    public int Limit { get; private set; }

    /// <summary>Number of ids in use.</summary>
    public int Count { get; private set; }

    public long Bytes => (_pages.Count(page => page is not null) * (long)PageIds * sizeof(int)) + (_pages.Length * (long)IntPtr.Size);

    /// <summary>The slot of an id; <see cref="NoSlot"/> if it is unused.</summary>
    public int this[int id]
    {
        get
        {
            var pages = Volatile.Read(ref _pages);
            var page = id >> Shift;
            return (uint)page < (uint)pages.Length && Volatile.Read(ref pages[page]) is { } held
                ? Volatile.Read(ref held.Slots[id & (PageIds - 1)])
                : NoSlot;
        }
    }

    /// <summary>Marks ids below <paramref name="limit"/> as given.</summary>
    public void Reach(int limit)
    {
        Limit = Math.Max(Limit, limit);
        var pages = (int)((Limit + (long)PageIds - 1) >> Shift);
        if (pages > _pages.Length)
        {
            var more = new Page?[Math.Max(pages, _pages.Length + (_pages.Length / 4))];
            _pages.CopyTo(more, 0);
            Volatile.Write(ref _pages, more);
        }
    }

    /// <summary>Sets the slot of an id.</summary>
    public void Set(int id, int slot)
    {
        Reach(id + 1);
        var page = _pages[id >> Shift];
        if (page is null)
        {
            page = new Page();
            Volatile.Write(ref _pages[id >> Shift], page);
        }

        ref var held = ref page.Slots[id & (PageIds - 1)];
        if (held == NoSlot)
        {
            page.Used++;
            Count++;
        }

        Volatile.Write(ref held, slot);
    }

    /// <summary>Removes an id.</summary>
    public void Clear(int id)
    {
        var page = _pages[id >> Shift]!;
        Volatile.Write(ref page.Slots[id & (PageIds - 1)], NoSlot);
        Count--;
        page.Used--;
        _firstFree = Math.Min(_firstFree, id);
        if (page.Used == 0)
        {
            Volatile.Write(ref _pages[id >> Shift], null);
        }
    }

    /// <summary>The smallest of a range of successive ids that are free or were never given.</summary>
    public int Free(int count)
    {
        if (Limit == Count || count == 0)
        {
            return Limit;
        }

        var (first, id) = (_firstFree, _firstFree);
        while (id < Limit && id - first < count)
        {
            var page = _pages[id >> Shift];
            if (page is null)
            {
                id = (int)Math.Min(Limit, ((id >> Shift) + 1L) << Shift);
            }
            else if (page.Used == PageIds)
            {
                first = id = (int)Math.Min(Limit, ((id >> Shift) + 1L) << Shift);
            }
            else if (page.Slots[id & (PageIds - 1)] == NoSlot)
            {
                id++;
            }
            else
            {
                first = ++id;
            }

            if (count == 1 && id > first)
            {
                break;
            }
        }

        _firstFree = count == 1 ? first : _firstFree;
        return first;
    }

    private sealed class Page
    {
        public readonly int[] Slots = new int[PageIds];
        public int Used;

        public Page() => Slots.AsSpan().Fill(NoSlot);
    }
}
