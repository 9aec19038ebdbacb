using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simile.Tokenizers.Scanners;

/// <summary>GPT-2, RoBERTa, the pre-tokenizer ByteLevel, and tiktoken's r50k_base and p50k_base.</summary>
internal readonly struct Gpt2Cutter : IWordCutter
{
    public static string[] Patterns =>
    [
        @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+",
        @"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s",
    ];

    public static int Next(ReadOnlySpan<char> text, int from)
    {
        if (Contractions.LengthAt(text, from, ignoreCase: false) is > 0 and var length)
        {
            return from + length;
        }

        var start = text[from] == ' ' && from + 1 < text.Length ? from + 1 : from;
        var kind = CharacterKinds.At(text, start, out var units);
        return (kind & Kinds.Named) switch
        {
            Kinds.None => CharacterKinds.EndOfOthers(text, start + units, Kinds.Named),
            Kinds.Number => CharacterKinds.EndOfRun(text, start + units, Kinds.Number),
            Kinds.Space => Spaces.End(text, from),
            _ => CharacterKinds.EndOfRun(text, start + units, Kinds.Letter),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PlainWord(Vector256<ushort> units) =>
        PlainWords.Run(PlainWords.Letters(units), units.ToScalar() == ' ' ? 1 : 0, PlainWords.Wide(units));
}
