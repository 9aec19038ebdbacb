using Simile.Index.Flat;

namespace Simile.Index;

/// <summary>Keeps the best k hits: a heap whose root is the worst of them.</summary>
/// <param name="heap">Memory for k hits.</param>
/// <param name="count">The number of hits it already holds, from an earlier use.</param>
/// <remarks>Works in the caller's memory and allocates nothing. For one thread.</remarks>
internal ref struct TopK(Span<Hit> heap, int count = 0) : IHits
{
    private readonly Span<Hit> _heap = heap;
    private int _count = count;

    /// <summary>Maximum number of hits.</summary>
    public readonly int Count => _count;

    /// <summary>Lower scores cannot enter. NaN while there is space.</summary>
    public readonly float Threshold => _count < _heap.Length ? float.NaN : _heap[0].Score;

    /// <summary>Number of hits.</summary>
    public readonly int Most => _heap.Length;

    /// <summary>Whether a hit would be kept.</summary>
    public readonly bool Admits(Hit hit) => _count < _heap.Length || (_count > 0 && Better(hit, _heap[0]));

    /// <summary>Offers one hit.</summary>
    public void Add(Hit hit)
    {
        if (_count < _heap.Length)
        {
            SiftUp(_count++, hit);
        }
        else if (Better(hit, _heap[0]))
        {
            SiftDown(0, hit, _count);
        }
    }

    /// <summary>Sorts the hits, best first, equal scores by ascending id, and returns their number.</summary>
    public int Sort()
    {
        for (var end = _count - 1; end > 0; end--)
        {
            var last = _heap[end];
            _heap[end] = _heap[0];
            SiftDown(0, last, end);
        }

        return _count;
    }

    /// <summary>The order of results: best first, equal scores by ascending id.</summary>
    public static int BestFirst(Hit a, Hit b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Id.CompareTo(b.Id);

    private static bool Better(Hit a, Hit b) => a.Score > b.Score || (a.Score == b.Score && a.Id < b.Id);

    private readonly void SiftUp(int at, Hit hit)
    {
        while (at > 0 && Better(_heap[(at - 1) / 2], hit))
        {
            _heap[at] = _heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }

        _heap[at] = hit;
    }

    private readonly void SiftDown(int at, Hit hit, int count)
    {
        for (var child = (2 * at) + 1; child < count; child = (2 * at) + 1)
        {
            if (child + 1 < count && Better(_heap[child], _heap[child + 1]))
            {
                child++;
            }

            if (!Better(hit, _heap[child]))
            {
                break;
            }

            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = hit;
    }
}
