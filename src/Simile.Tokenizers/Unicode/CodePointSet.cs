using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Simile.Tokenizers.Unicode;

/// <summary>A set of code points for fast lookups. Immutable.</summary>
/// <remarks>
/// Two words hold ASCII. The rest is deduplicated blocks of 256 bits: the block of the code points [256 b, 256 b + 255]
/// is the four words that start at _blocks[b] * 4.
/// </remarks>
internal sealed class CodePointSet
{
    private readonly ulong _ascii0;
    private readonly ulong _ascii1;
    private readonly ushort[] _blocks = new ushort[0x1100];
    private readonly ulong[] _words;

    /// <summary>Takes the code points of ranges.</summary>
    public CodePointSet(CodePointRanges ranges)
    {
        Ranges = ranges;
        var words = new List<ulong>();
        var known = new Dictionary<(ulong, ulong, ulong, ulong), ushort>();
        Span<ulong> block = stackalloc ulong[4];
        var next = 0;
        for (var b = 0; b < _blocks.Length; b++)
        {
            next = Fill(block, b << 8, ranges.Ranges, next);
            if (b > 0 && block.SequenceEqual(CollectionsMarshal.AsSpan(words).Slice(_blocks[b - 1] * 4, 4)))
            {
                _blocks[b] = _blocks[b - 1];
                continue;
            }

            if (!known.TryGetValue((block[0], block[1], block[2], block[3]), out var index))
            {
                index = (ushort)known.Count;
                known.Add((block[0], block[1], block[2], block[3]), index);
                words.AddRange(block);
            }

            _blocks[b] = index;
        }

        _words = [.. words];
        (_ascii0, _ascii1) = (_words[_blocks[0] * 4], _words[(_blocks[0] * 4) + 1]);
    }

    /// <summary>The same set as ranges.</summary>
    public CodePointRanges Ranges { get; }

    /// <summary>Reads ranges such as "300-36F 483".</summary>
    public static CodePointSet Parse(ReadOnlySpan<char> ranges) => new(CodePointRanges.Parse(ranges));

    /// <summary>Whether the set holds a code point, 0 to 0x10FFFF.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains(int codePoint) => codePoint < 128
        ? ((codePoint < 64 ? _ascii0 : _ascii1) >> codePoint & 1) != 0
        : (_words[(_blocks[codePoint >> 8] * 4) + (codePoint >> 6 & 3)] >> codePoint & 1) != 0;

    // Ranges are sorted, so the search continues where the previous block ended.
    private static int Fill(Span<ulong> block, int start, ReadOnlySpan<(int First, int Last)> ranges, int next)
    {
        block.Clear();
        for (; next < ranges.Length && ranges[next].First <= start + 255; next++)
        {
            var last = Math.Min(ranges[next].Last, start + 255);
            var first = Math.Max(ranges[next].First, start);
            for (var w = first - start >> 6; w <= last - start >> 6; w++)
            {
                var (low, high) = (Math.Max(first - start - (w << 6), 0), Math.Min(last - start - (w << 6), 63));
                block[w] |= ulong.MaxValue << low & ulong.MaxValue >> 63 - high;
            }

            if (ranges[next].Last > start + 255)
            {
                break;
            }
        }

        return next;
    }
}
