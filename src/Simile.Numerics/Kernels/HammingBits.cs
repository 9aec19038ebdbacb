using System.Numerics;
using System.Runtime.InteropServices;

namespace Simile.Numerics.Kernels;

/// <summary>The number of bits that differ between two packed vectors of bits.</summary>
internal static class HammingBits
{
    /// <summary>Eight bytes at a time: population count is one instruction.</summary>
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
