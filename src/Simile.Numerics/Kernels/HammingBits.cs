using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Simile.Numerics.Kernels;

/// <summary>The number of bits in which two packed bit vectors differ.</summary>
internal static class HammingBits
{
    /// <summary>Processes eight bytes at a time: population count is one instruction.</summary>
    public static int Count(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var x = MemoryMarshal.Cast<byte, ulong>(a);
        var y = MemoryMarshal.Cast<byte, ulong>(b);
        var count = 0;
        for (var i = 0; i < x.Length; i++)
        {
            count += BitOperations.PopCount(x[i] ^ y[i]);
        }

        return count + Scalar(a[(x.Length * 8)..], b[(x.Length * 8)..]);
    }

    /// <summary>Minus the number of bits in which each row differs from the query.</summary>
    /// <remarks>Processes two independent rows at a time to hide latency.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Rows(ulong* query, int words, ulong* row, Span<float> scores)
    {
        for (var i = 0; i < scores.Length; i += 2)
        {
            var other = i + 1 < scores.Length ? row + words : row;
            int count = 0, otherCount = 0;
            for (var j = 0; j < words; j++)
            {
                count += BitOperations.PopCount(query[j] ^ row[j]);
                otherCount += BitOperations.PopCount(query[j] ^ other[j]);
            }

            scores[i] = -count;
            scores[i + 1 < scores.Length ? i + 1 : i] = -otherCount;
            row += 2 * words;
        }
    }

    /// <summary>The slow, obvious twin.</summary>
    public static int Scalar(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var count = 0;
        for (var i = 0; i < a.Length; i++)
        {
            count += BitOperations.PopCount((uint)(a[i] ^ b[i]));
        }

        return count;
    }
}
