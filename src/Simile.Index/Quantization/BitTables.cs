using System.Numerics;

namespace Simile.Index.Quantization;

/// <summary>Scores codes with one bit per component: each four bits look up one of 16 precomputed sums.</summary>
/// <remarks>
/// Component i is bit i % 8 of byte i / 8. The tables of byte b start at 32 b: 16 sums for its low half, then 16 for its high half.
/// </remarks>
internal static class BitTables
{
    private const int Bits = 4;
    private const int Entries = 1 << Bits;

    public static int CodeBytes(int dimensions) => (dimensions + 7) / 8;

    public static int Length(int dimensions) => CodeBytes(dimensions) * 2 * Entries;

    /// <summary>Computes the sums for every half of a byte.</summary>
    /// <param name="whenSet">The contribution of each component if its bit is set, relative to a clear bit.</param>
    /// <param name="whenNone">The score of a code with all bits clear.</param>
    /// <param name="tables">Of <see cref="Length"/> numbers.</param>
    public static void Fill(ReadOnlySpan<float> whenSet, float whenNone, Span<float> tables)
    {
        for (var first = 0; first < tables.Length / Entries * Bits; first += Bits)
        {
            var table = tables.Slice(first / Bits * Entries, Entries);
            table[0] = first == 0 ? whenNone : 0;
            for (var bits = 1; bits < Entries; bits++)
            {
                var component = first + BitOperations.TrailingZeroCount(bits);
                table[bits] = table[bits & (bits - 1)] + (component < whenSet.Length ? whenSet[component] : 0);
            }
        }
    }

    /// <summary>The sum of a code's entries.</summary>
    public static float Sum(ReadOnlySpan<float> tables, ReadOnlySpan<byte> code)
    {
        var (low, high) = (0f, 0f);
        for (var b = 0; b < code.Length; b++)
        {
            var two = tables.Slice(b * 2 * Entries, 2 * Entries);
            low += two[code[b] & 0xF];
            high += two[Entries + (code[b] >> 4)];
        }

        return low + high;
    }

    /// <summary>Sets a bit for each component above zero.</summary>
    public static void Write(ReadOnlySpan<float> components, Span<byte> code)
    {
        code.Clear();
        for (var i = 0; i < components.Length; i++)
        {
            code[i / 8] |= (byte)((components[i] > 0 ? 1 : 0) << (i % 8));
        }
    }

    public static bool IsSet(ReadOnlySpan<byte> code, int component) => (code[component / 8] >> (component % 8) & 1) != 0;
}
