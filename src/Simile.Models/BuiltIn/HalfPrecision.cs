using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Simile.Models.BuiltIn;

/// <summary>Converts half to single precision.</summary>
internal static class HalfPrecision
{
    /// <summary>Widens finite numbers exactly.</summary>
    /// <remarks>
    /// The 15 bits of exponent and fraction are moved to their place in single precision, which makes the exponent 112 too small.
    /// Multiplying by 2^112 corrects this, also for subnormal numbers.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ReadOnlySpan<ushort> halves, Span<float> singles)
    {
        var source = MemoryMarshal.Cast<ushort, Vector256<ushort>>(halves);
        var target = MemoryMarshal.Cast<float, Vector256<float>>(singles[..halves.Length]);
        for (var i = 0; i < source.Length; i++)
        {
            var (lower, upper) = Vector256.Widen(source[i]);
            target[2 * i] = Widen(lower);
            target[(2 * i) + 1] = Widen(upper);
        }

        for (var i = source.Length * Vector256<ushort>.Count; i < halves.Length; i++)
        {
            singles[i] = (float)BitConverter.UInt16BitsToHalf(halves[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Widen(Vector256<uint> half)
    {
        var magnitude =
            ((half & Vector256.Create(0x7FFFu)) << 13).AsSingle() * Vector256.Create(BitConverter.UInt32BitsToSingle(0x77800000));
        return (magnitude.AsUInt32() | ((half & Vector256.Create(0x8000u)) << 16)).AsSingle();
    }
}
