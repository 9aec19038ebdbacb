using System.Runtime.CompilerServices;

namespace Simile.Index.Hnsw;

/// <summary>A slot and its score in one number: smaller is closer. Equal scores are ordered by slot, whether expanded or not.</summary>
internal static class Candidate
{
    /// <summary>Set when a candidate's neighbors were visited.</summary>
    public const ulong Expanded = 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(float score, int slot) => ((ulong)~OrderedBits.Of(score) << 32) | ((uint)slot << 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Slot(ulong candidate) => (int)((uint)candidate >> 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Score(ulong candidate) => OrderedBits.Value(~(uint)(candidate >> 32));
}
