using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simile.Tokenizers.Scanners;

/// <summary>tiktoken's cl100k_base. White space at the end of the text is one word, with or without line breaks.</summary>
internal readonly struct Cl100kCutter : IWordCutter
{
    public static string[] Patterns =>
    [
        @"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s",
    ];

    public static int Next(ReadOnlySpan<char> text, int from) =>
        Llama3Cutter.Next(text, from, numbers: 3) is var end && end < 0
            ? CharacterKinds.EndOfRun(text, from, Kinds.Space) == text.Length ? text.Length : Spaces.EndWithLines(text, from)
            : end;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PlainWord(Vector256<ushort> units) => Llama3Cutter.PlainWord(units);
}
