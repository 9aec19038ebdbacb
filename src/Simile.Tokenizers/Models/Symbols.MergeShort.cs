using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Simile.Tokenizers.Models;

internal sealed partial class Symbols
{
    /// <summary>Merges by repeated scans for the lowest rank. For at most <see cref="ShortLength"/> symbols.</summary>
    internal void MergeShort(MergeTable merges)
    {
        Span<int> ranks = stackalloc int[ShortLength];
        ranks[..Math.Min(ShortLength, Count + Vector256<int>.Count)].Fill(MergeTable.None);
        Span<int> joined = stackalloc int[ShortLength];
        for (var i = 0; i + 1 < Count; i++)
        {
            ranks[i] = merges.Find(_ids[i], _ids[i + 1], out joined[i]);
        }

        while (Count > 1 && Lowest(ranks, Count - 1) is >= 0 and var at)
        {
            _ids[at] = joined[at];
            _lengths[at] += _lengths[at + 1];
            Remove(at + 1, ranks, joined);
            if (at > 0)
            {
                ranks[at - 1] = merges.Find(_ids[at - 1], _ids[at], out joined[at - 1]);
            }

            ranks[at] = MergeTable.None;
            if (at + 1 < Count)
            {
                ranks[at] = merges.Find(_ids[at], _ids[at + 1], out joined[at]);
            }
        }
    }

    // The position of the lowest rank, or -1 if no pair merges. All entries after count are None.
    private static int Lowest(ReadOnlySpan<int> ranks, int count)
    {
        var lowest = Vector256.Create(MergeTable.None);
        ref var first = ref MemoryMarshal.GetReference(ranks);
        for (var i = 0; i < count; i += Vector256<int>.Count)
        {
            lowest = Vector256.Min(lowest, Vector256.LoadUnsafe(ref first, (uint)i));
        }

        var lower = Vector128.Min(lowest.GetLower(), lowest.GetUpper());
        var rank = Math.Min(Math.Min(lower[0], lower[1]), Math.Min(lower[2], lower[3]));
        return rank == MergeTable.None ? -1 : ranks[..count].IndexOf(rank);
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
