using System.Runtime.InteropServices;

namespace Simile.Index.Memory;

/// <summary>Freed ids for reuse.</summary>
internal sealed class FreeIds
{
    /// <summary>The result of <see cref="Take"/> if there are not enough.</summary>
    public const int None = -1;

    private readonly List<int> _ids = [];
    private bool _sorted = true;

    public int Count => _ids.Count;

    public ReadOnlySpan<int> Ids => CollectionsMarshal.AsSpan(_ids);

    public long Bytes => _ids.Capacity * (long)sizeof(int);

    public void Add(int id)
    {
        _sorted &= _ids.Count == 0 || id > _ids[^1];
        _ids.Add(id);
    }

    /// <summary>Takes successive ids and returns the first; <see cref="None"/> if not enough successive ids are free.</summary>
    /// <remarks>New ids at the end cost little, so free ones are searched only if there are enough of them.</remarks>
    public int Take(int count)
    {
        if (count == 0 || _ids.Count < count)
        {
            return None;
        }

        if (count > 1 && !_sorted)
        {
            _ids.Sort();
            _sorted = true;
        }

        for (var last = _ids.Count - 1; last >= count - 1; last--)
        {
            var first = last - count + 1;
            if (_ids[last] - _ids[first] == count - 1)
            {
                var id = _ids[first];
                _ids.RemoveRange(first, count);
                return id;
            }
        }

        return None;
    }
}
