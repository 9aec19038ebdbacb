using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simile.Tokenizers.Scanners;

/// <summary>Llama 3, and the pattern that cl100k_base was published with.</summary>
internal readonly struct Llama3Cutter : IWordCutter
{
    public static string[] Patterns =>
    [
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    ];

    public static int Next(ReadOnlySpan<char> text, int from) =>
        Next(text, from, numbers: 3) is >= 0 and var end ? end : Spaces.EndWithLines(text, from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PlainWord(Vector256<ushort> units) => Gpt2Cutter.PlainWord(units);

    /// <summary>
    /// The part that all patterns of this family share: contractions, words, up to <paramref name="numbers"/> digits, symbols with line
    /// breaks.
    /// </summary>
    /// <returns>The end of the word, or -1 at white space.</returns>
    public static int Next(ReadOnlySpan<char> text, int from, int numbers)
    {
        if (Contractions.LengthAt(text, from, ignoreCase: true) is > 0 and var length)
        {
            return from + length;
        }

        var kind = CharacterKinds.At(text, from, out var units);
        var next = from + units;
        if ((kind & Kinds.Number) != 0)
        {
            return EndOfNumber(text, next, numbers - 1);
        }

        var nextKind = next < text.Length ? CharacterKinds.At(text, next, out _) : Kinds.None;
        if ((kind & Kinds.Letter) != 0 || ((kind & Kinds.Newline) == 0 && (nextKind & Kinds.Letter) != 0))
        {
            return CharacterKinds.EndOfRun(text, next, Kinds.Letter);
        }

        var isSign = (kind & Kinds.Space) == 0 || (text[from] == ' ' && next < text.Length && (nextKind & Kinds.Named) == 0);
        return isSign ? CharacterKinds.EndOfRun(text, CharacterKinds.EndOfOthers(text, next, Kinds.Named), Kinds.Newline) : -1;
    }

    /// <summary>Skips up to <paramref name="more"/> further digits.</summary>
    public static int EndOfNumber(ReadOnlySpan<char> text, int i, int more)
    {
        for (; more > 0 && i < text.Length && (CharacterKinds.At(text, i, out var units) & Kinds.Number) != 0; more--)
        {
            i += units;
        }

        return i;
    }
}
