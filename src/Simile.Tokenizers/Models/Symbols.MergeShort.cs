namespace Simile.Tokenizers.Models;

internal sealed partial class Symbols
{
    /// <summary>Joins by scanning for the lowest rank again and again: at most <see cref="ShortLength"/> symbols.</summary>
    internal void MergeShort(MergeTable merges)
    {
        Span<int> ranks = stackalloc int[ShortLength];
        Span<int> joined = stackalloc int[ShortLength];
        for (var i = 0; i + 1 < Count; i++)
        {
            ranks[i] = merges.Find(_ids[i], _ids[i + 1], out joined[i]);
        }

        while (Count > 1 && Lowest(ranks[..(Count - 1)]) is >= 0 and var at)
        {
            _ids[at] = joined[at];
            _lengths[at] += _lengths[at + 1];
            Remove(at + 1, ranks, joined);
            if (at > 0)
            {
                ranks[at - 1] = merges.Find(_ids[at - 1], _ids[at], out joined[at - 1]);
            }

            if (at + 1 < Count)
            {
                ranks[at] = merges.Find(_ids[at], _ids[at + 1], out joined[at]);
            }
        }
    }

    private static int Lowest(ReadOnlySpan<int> ranks)
    {
        var (lowest, at) = (MergeTable.None, -1);
        for (var i = 0; i < ranks.Length; i++)
        {
            if (ranks[i] < lowest)
            {
                (lowest, at) = (ranks[i], i);
            }
        }

        return at;
    }

    private void Remove(int at, Span<int> ranks, Span<int> joined)
    {
        ranks[(at + 1)..Count].CopyTo(ranks[at..]);
        joined[(at + 1)..Count].CopyTo(joined[at..]);
        _ids.AsSpan((at + 1)..Count).CopyTo(_ids.AsSpan(at));
        _lengths.AsSpan((at + 1)..Count).CopyTo(_lengths.AsSpan(at));
        Count--;
    }
}
