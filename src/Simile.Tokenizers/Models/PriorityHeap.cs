namespace Simile.Tokenizers.Models;

/// <summary>A min-heap of numbers with four children per node, which causes fewer cache misses than two.</summary>
internal sealed class PriorityHeap
{
    private const int Children = 4;
    private const int KeptLength = 1 << 18;
    private ulong[] _items = new ulong[256];
    private int _count;

    /// <summary>Removes all numbers.</summary>
    public void Clear()
    {
        _count = 0;
        if (_items.Length > KeptLength)
        {
            _items = new ulong[256];
        }
    }

    /// <summary>Adds a number.</summary>
    public void Add(ulong item)
    {
        if (_count == _items.Length)
        {
            Array.Resize(ref _items, _count * 2);
        }

        var items = _items;
        var at = _count++;
        while (at > 0 && items[(at - 1) / Children] > item)
        {
            items[at] = items[(at - 1) / Children];
            at = (at - 1) / Children;
        }

        items[at] = item;
    }

    /// <summary>Removes the smallest number.</summary>
    public bool TryTake(out ulong least)
    {
        least = _items[0];
        if (_count == 0)
        {
            return false;
        }

        var last = _items[--_count];
        SiftDown(last);
        return true;
    }

    private void SiftDown(ulong item)
    {
        var items = _items.AsSpan(0, _count);
        var at = 0;
        for (var child = 1; child < items.Length; child = (at * Children) + 1)
        {
            var end = Math.Min(child + Children, items.Length);
            var least = child;
            for (var i = child + 1; i < end; i++)
            {
                least = items[i] < items[least] ? i : least;
            }

            if (items[least] >= item)
            {
                break;
            }

            items[at] = items[least];
            at = least;
        }

        if (at < items.Length)
        {
            items[at] = item;
        }
    }
}
