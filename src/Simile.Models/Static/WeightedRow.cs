using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Simile.Models;

/// <summary>sum += weight · row, for the three number types of a static model's file. Row and sum have the same length.</summary>
internal static class WeightedRow
{
    // 2^112: the difference of the exponents' offsets of single (127) and half precision (15).
    private const uint HalfToSingle = 0x77800000;

    /// <summary>The slow twins of the other methods.</summary>
    internal static class Scalar
    {
        public static void Add(ReadOnlySpan<float> row, float weight, Span<float> sum)
        {
            for (var i = 0; i < row.Length; i++)
            {
                sum[i] += weight * row[i];
            }
        }

        public static void Add(ReadOnlySpan<Half> row, float weight, Span<float> sum)
        {
            for (var i = 0; i < row.Length; i++)
            {
                sum[i] += weight * (float)row[i];
            }
        }

        public static void Add(ReadOnlySpan<sbyte> row, float weight, Span<float> sum)
        {
            for (var i = 0; i < row.Length; i++)
            {
                sum[i] += weight * row[i];
            }
        }
    }

    public static void Add(ReadOnlySpan<float> row, float weight, Span<float> sum)
    {
        ref var from = ref MemoryMarshal.GetReference(row);
        ref var to = ref MemoryMarshal.GetReference(sum[..row.Length]);
        var factor = Vector256.Create(weight);
        var i = 0;
        for (; i <= row.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var value = Vector256.LoadUnsafe(ref from, (nuint)i);
            (Vector256.LoadUnsafe(ref to, (nuint)i) + (factor * value)).StoreUnsafe(ref to, (nuint)i);
        }

        Scalar.Add(row[i..], weight, sum[i..]);
    }

    /// <summary>Only for finite numbers: an infinity would become 65536 · 2^0 or more.</summary>
    public static void Add(ReadOnlySpan<Half> row, float weight, Span<float> sum)
    {
        ref var from = ref Unsafe.As<Half, ushort>(ref MemoryMarshal.GetReference(row));
        ref var to = ref MemoryMarshal.GetReference(sum[..row.Length]);
        var factor = Vector256.Create(weight);
        var i = 0;
        for (; i <= row.Length - Vector128<ushort>.Count; i += Vector128<ushort>.Count)
        {
            var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref from, (nuint)i));
            var value = ToSingle(Vector256.Create(low, high));
            (Vector256.LoadUnsafe(ref to, (nuint)i) + (factor * value)).StoreUnsafe(ref to, (nuint)i);
        }

        Scalar.Add(row[i..], weight, sum[i..]);
    }

    public static void Add(ReadOnlySpan<sbyte> row, float weight, Span<float> sum)
    {
        ref var from = ref MemoryMarshal.GetReference(row);
        ref var to = ref MemoryMarshal.GetReference(sum[..row.Length]);
        var factor = Vector256.Create(weight);
        var i = 0;
        for (; i <= row.Length - Vector128<sbyte>.Count; i += Vector128<sbyte>.Count)
        {
            var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref from, (nuint)i));
            AddEight(low, factor, ref to, i);
            AddEight(high, factor, ref to, i + Vector128<short>.Count);
        }

        Scalar.Add(row[i..], weight, sum[i..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddEight(Vector128<short> eight, Vector256<float> factor, ref float to, int at)
    {
        var (low, high) = Vector128.Widen(eight);
        var value = Vector256.ConvertToSingle(Vector256.Create(low, high));
        (Vector256.LoadUnsafe(ref to, (nuint)at) + (factor * value)).StoreUnsafe(ref to, (nuint)at);
    }

    // Exponent and fraction of a half, shifted to their place in a single, give the number times 2^-112, exactly, also for subnormal ones.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ToSingle(Vector256<uint> halves)
    {
        var magnitude = ((halves & Vector256.Create(0x7FFFu)) << 13).AsSingle() * Vector256.Create(HalfToSingle).AsSingle();
        var sign = (halves & Vector256.Create(0x8000u)) << 16;
        return (magnitude.AsUInt32() | sign).AsSingle();
    }
}
