using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simile.Tokenizers.Scanners;

/// <summary>Tests on 16 UTF-16 units at once: bit i of the result belongs to unit i.</summary>
internal static class PlainWords
{
    /// <summary>ASCII letters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Letters(Vector256<ushort> units) => InRange(units | Vector256.Create((ushort)0x20), 'a', 'z');

    /// <summary>a to z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Lower(Vector256<ushort> units) => InRange(units, 'a', 'z');

    /// <summary>A to Z converted to a to z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Fold(Vector256<ushort> units)
    {
        var isUpper = Vector256.LessThanOrEqual(units - Vector256.Create((ushort)'A'), Vector256.Create((ushort)('Z' - 'A')));
        return units | (isUpper & Vector256.Create((ushort)0x20));
    }

    /// <summary>Units outside ASCII.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Wide(Vector256<ushort> units) =>
        Vector256.GreaterThan(units, Vector256.Create((ushort)0x7F)).ExtractMostSignificantBits();

    /// <summary>Units equal to a character.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Are(Vector256<ushort> units, char c) =>
        Vector256.Equals(units, Vector256.Create((ushort)c)).ExtractMostSignificantBits();

    /// <summary>
    /// The length of the run of set bits that starts at bit <paramref name="from"/>, plus what precedes it; 0 if it is empty or ends at a
    /// stop.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Run(uint bits, int from, uint stops)
    {
        var end = from + BitOperations.TrailingZeroCount(~(bits >> from));
        return end > from && end < 16 && (stops >> end & 1) == 0 ? end : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint InRange(Vector256<ushort> units, char first, char last) =>
        Vector256.LessThanOrEqual(units - Vector256.Create((ushort)first), Vector256.Create((ushort)(last - first)))
            .ExtractMostSignificantBits();
}
