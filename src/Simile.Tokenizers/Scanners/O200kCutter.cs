using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simile.Tokenizers.Scanners;

/// <summary>tiktoken's o200k_base: a new word starts where upper case follows lower case, and a contraction belongs to its word.</summary>
internal readonly struct O200kCutter : IWordCutter
{
    private const Kinds Head = Kinds.Upper | Kinds.Caseless | Kinds.Mark;
    private const Kinds Tail = Kinds.Lower | Kinds.Caseless | Kinds.Mark;

    public static string[] Patterns =>
    [
        @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
        + @"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
        + @"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    ];

    public static int Next(ReadOnlySpan<char> text, int from)
    {
        var kind = CharacterKinds.At(text, from, out var units);
        if ((kind & Kinds.Number) != 0)
        {
            return Llama3Cutter.EndOfNumber(text, from + units, 2);
        }

        var word = (kind & Kinds.Letter) != 0 ? EndOfWord(text, from, from)
            : (kind & Kinds.Newline) != 0 ? -1
            : EndOfWord(text, from + units, (kind & Kinds.Mark) != 0 ? from : -1);
        if (word >= 0)
        {
            return word + Contractions.LengthAt(text, word, ignoreCase: true);
        }

        var sign = text[from] == ' ' ? from + 1 : from;
        var end = CharacterKinds.EndOfOthers(text, sign, Kinds.Named);
        return end == sign ? Spaces.EndWithLines(text, from) : EndOfLines(text, end);
    }

    // A run of plain letters is one word only if its upper case precedes its lower case and no contraction can follow.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PlainWord(Vector256<ushort> units)
    {
        var first = units.ToScalar() == ' ' ? 1 : 0;
        var end = PlainWords.Run(PlainWords.Letters(units), first, PlainWords.Wide(units) | PlainWords.Are(units, '\''));
        var lower = PlainWords.Lower(units) & ((1u << end) - 1);
        var upper = ~lower & ((1u << end) - 1) & ~(uint)first;
        return (upper & (lower << 1)) == 0 ? end : 0;
    }

    // Head*Tail+ from start, otherwise the same from the mark before it, otherwise Head+ from start.
    private static int EndOfWord(ReadOnlySpan<char> text, int start, int mark)
    {
        var end = EndOfTail(text, start);
        if (end < 0 && mark >= 0 && mark < start)
        {
            end = EndOfTail(text, mark);
        }

        if (end < 0)
        {
            var head = CharacterKinds.EndOfRun(text, start, Head);
            end = head > start ? head : -1;
        }

        return end;
    }

    // Head* is greedy; if no Tail follows, it gives back up to the last character that is both.
    private static int EndOfTail(ReadOnlySpan<char> text, int start)
    {
        var both = -1;
        var i = start;
        while (i < text.Length && CharacterKinds.At(text, i, out var units) is var kind && (kind & Head) != 0)
        {
            i += units;
            both = (kind & Tail) != 0 ? i : both;
        }

        var end = CharacterKinds.EndOfRun(text, i, Tail);
        return end > i ? end : both;
    }

    private static int EndOfLines(ReadOnlySpan<char> text, int i)
    {
        while (i < text.Length && text[i] is '\r' or '\n' or '/')
        {
            i++;
        }

        return i;
    }
}
