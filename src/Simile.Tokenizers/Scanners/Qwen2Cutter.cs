using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simile.Tokenizers.Scanners;

/// <summary>Qwen 2: Llama 3's pattern with single digits.</summary>
internal readonly struct Qwen2Cutter : IWordCutter
{
    public static string[] Patterns =>
    [
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    ];

    public static int Next(ReadOnlySpan<char> text, int from) =>
        Llama3Cutter.Next(text, from, numbers: 1) is >= 0 and var end ? end : Spaces.EndWithLines(text, from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PlainWord(Vector256<ushort> units) => Gpt2Cutter.PlainWord(units);
}
