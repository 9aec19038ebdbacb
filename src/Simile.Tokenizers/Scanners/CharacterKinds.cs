using System.Runtime.CompilerServices;
using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Scanners;

/// <summary>The character classes in the patterns of byte-level tokenizers. They do not overlap.</summary>
[Flags]
internal enum Kinds : byte
{
    /// <summary>Punctuation, symbols, controls.</summary>
    None = 0,

    /// <summary>\s</summary>
    Space = 1,

    /// <summary>[\r\n], which are spaces too.</summary>
    Newline = 2,

    /// <summary>\p{N}</summary>
    Number = 4,

    /// <summary>[\p{Lu}\p{Lt}]</summary>
    Upper = 8,

    /// <summary>\p{Ll}</summary>
    Lower = 16,

    /// <summary>[\p{Lm}\p{Lo}]: letters without case.</summary>
    Caseless = 32,

    /// <summary>\p{M}</summary>
    Mark = 64,

    /// <summary>\p{L}</summary>
    Letter = Upper | Lower | Caseless,

    /// <summary>The complement of [^\s\p{L}\p{N}].</summary>
    Named = Space | Number | Letter,
}

/// <summary>The classes of all code points, in deduplicated blocks of 256.</summary>
internal static class CharacterKinds
{
    private const int BlockSize = 256;
    private static readonly ushort[] Blocks = new ushort[0x110000 / BlockSize];
    private static readonly Kinds[] Table = MakeTable();

    /// <summary>The class of the character at a position, and its number of units. An unpaired surrogate counts as U+FFFD.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Kinds At(ReadOnlySpan<char> text, int i, out int units)
    {
        int c = text[i];
        units = 1;
        return c < BlockSize ? Table[c] : AtWide(text, i, c, ref units);
    }

    /// <summary>The end of a run of characters of a class.</summary>
    public static int EndOfRun(ReadOnlySpan<char> text, int i, Kinds kinds)
    {
        while (i < text.Length && (At(text, i, out var units) & kinds) != 0)
        {
            i += units;
        }

        return i;
    }

    /// <summary>The end of a run of characters outside these classes.</summary>
    public static int EndOfOthers(ReadOnlySpan<char> text, int i, Kinds kinds)
    {
        while (i < text.Length && (At(text, i, out var units) & kinds) == 0)
        {
            i += units;
        }

        return i;
    }

    private static Kinds AtWide(ReadOnlySpan<char> text, int i, int c, ref int units)
    {
        if (char.IsSurrogate((char)c))
        {
            if (i + 1 >= text.Length || !char.IsSurrogatePair((char)c, text[i + 1]))
            {
                return Kinds.None;
            }

            c = char.ConvertToUtf32((char)c, text[i + 1]);
            units = 2;
        }

        return Table[(Blocks[c / BlockSize] * BlockSize) + (c % BlockSize)];
    }

    private static Kinds[] MakeTable()
    {
        var table = new List<Kinds>();
        var known = new Dictionary<string, ushort>(StringComparer.Ordinal);
        var block = new char[BlockSize];
        var all = AllKinds();
        for (var start = 0; start < 0x110000; start += BlockSize)
        {
            for (var i = 0; i < BlockSize; i++)
            {
                block[i] = (char)all[start + i];
            }

            if (!known.TryGetValue(new string(block), out var index))
            {
                known.Add(new string(block), index = (ushort)known.Count);
                table.AddRange(block.Select(kinds => (Kinds)kinds));
            }

            Blocks[start / BlockSize] = index;
        }

        return [.. table];
    }

    private static Kinds[] AllKinds()
    {
        var all = new Kinds[0x110000];
        Mark(CodePointRanges.Union(Properties.Category("Lu"), Properties.Category("Lt")), Kinds.Upper);
        Mark(Properties.Category("Ll"), Kinds.Lower);
        Mark(CodePointRanges.Union(Properties.Category("Lm"), Properties.Category("Lo")), Kinds.Caseless);
        Mark(Properties.Category("M"), Kinds.Mark);
        Mark(Properties.Category("N"), Kinds.Number);
        Mark(Properties.WhiteSpace, Kinds.Space);
        all['\r'] = all['\n'] = Kinds.Space | Kinds.Newline;
        return all;

        void Mark(CodePointRanges ranges, Kinds kind)
        {
            foreach (var (first, last) in ranges.Ranges)
            {
                all.AsSpan(first, last - first + 1).Fill(kind);
            }
        }
    }
}
