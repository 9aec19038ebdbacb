namespace Simile.Tokenizers.Models;

internal sealed partial class Symbols
{
    // rank << 32 | position of the left symbol, so that the minimum is the leftmost pair of the lowest rank.
    private readonly PriorityHeap _heap = new();
    private int[] _next = [];
    private int[] _previous = [];
    private int[] _ranks = [];
    private int[] _joined = [];

    /// <summary>Merges with linked symbols and a heap of pairs. Heap entries of pairs that have changed are skipped.</summary>
    internal void MergeLong(MergeTable merges)
    {
        Link(merges);
        while (_heap.TryTake(out var least))
        {
            var left = (int)(uint)least;
            if (_ranks[left] == (int)(least >> 32))
            {
                Join(left, merges);
            }
        }

        Gather();
    }

    private void Link(MergeTable merges)
    {
        if (_next.Length < Count || _next.Length > KeptLength)
        {
            _next = new int[_ids.Length];
            _previous = new int[_ids.Length];
            _ranks = new int[_ids.Length];
            _joined = new int[_ids.Length];
        }

        _heap.Clear();
        for (var i = 0; i < Count; i++)
        {
            _previous[i] = i - 1;
            _next[i] = i + 1;
            Rank(i, merges);
        }
    }

    private void Join(int left, MergeTable merges)
    {
        var right = _next[left];
        _ids[left] = _joined[left];
        _lengths[left] += _lengths[right];
        _ranks[right] = MergeTable.None;
        _next[left] = _next[right];
        if (_next[left] < Count)
        {
            _previous[_next[left]] = left;
        }

        Rank(left, merges);
        if (_previous[left] >= 0)
        {
            Rank(_previous[left], merges);
        }
    }

    private void Rank(int left, MergeTable merges)
    {
        var rank = _next[left] < Count ? merges.Find(_ids[left], _ids[_next[left]], out _joined[left]) : MergeTable.None;
        _ranks[left] = rank;
        if (rank != MergeTable.None)
        {
            _heap.Add(((ulong)(uint)rank << 32) | (uint)left);
        }
    }

    private void Gather()
    {
        var count = 0;
        for (var i = 0; i < Count; i = _next[i])
        {
            _ids[count] = _ids[i];
            _lengths[count++] = _lengths[i];
        }

        Count = count;
    }
}
