using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simile.Tokenizers.Scanners;

/// <summary>
/// CLIP: white space is removed, each digit is a word. The text contains no "&lt;|", which the original pattern would split differently.
/// </summary>
internal readonly struct ClipCutter : IWordCutter
{
    public static string[] Patterns =>
    [
        @"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+",
    ];

    public static int Next(ReadOnlySpan<char> text, int from)
    {
        // Plain capitals count as lower case, which they become.
        if (Contractions.LengthAt(text, from, ignoreCase: true) is > 0 and var length && !text.Slice(from, length).Contains('ſ'))
        {
            return from + length;
        }

        var kind = CharacterKinds.At(text, from, out var units);
        return (kind & Kinds.Named) switch
        {
            Kinds.None => CharacterKinds.EndOfOthers(text, from + units, Kinds.Named),
            Kinds.Number => from + units,
            Kinds.Space => from,
            _ => CharacterKinds.EndOfRun(text, from + units, Kinds.Letter),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PlainWord(Vector256<ushort> units) => PlainWords.Run(PlainWords.Letters(units), 0, PlainWords.Wide(units));
}
