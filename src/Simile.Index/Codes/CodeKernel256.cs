using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Simile.Index.Codes;

/// <summary>AVX2: 32 bytes at a time.</summary>
internal readonly unsafe struct CodeKernel256 : ICodeKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Nibbles(byte* a, byte* b, byte* c, byte* d, sbyte* low, sbyte* high, short* factors, int length) =>
        Sums(
            Nibbles(a, low, high, factors, length),
            Nibbles(b, low, high, factors, length),
            Nibbles(c, low, high, factors, length),
            Nibbles(d, low, high, factors, length));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Bytes(byte* query, sbyte* a, sbyte* b, sbyte* c, sbyte* d, int length)
    {
        var (s0, s1, s2, s3) = (Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero);
        for (var i = 0; i < length; i += 32)
        {
            var q = Vector256.Load(query + i);
            s0 += Products(q, a + i);
            s1 += Products(q, b + i);
            s2 += Products(q, c + i);
            s3 += Products(q, d + i);
        }

        return Sums(s0, s1, s2, s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Bytes(short* query, sbyte* a, sbyte* b, sbyte* c, sbyte* d, int length)
    {
        var (s0, s1, s2, s3) = (Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero);
        for (var i = 0; i < length; i += 16)
        {
            var q = Vector256.Load(query + i);
            s0 += Avx2.MultiplyAddAdjacent(q, Avx2.ConvertToVector256Int16(Vector128.Load(a + i)));
            s1 += Avx2.MultiplyAddAdjacent(q, Avx2.ConvertToVector256Int16(Vector128.Load(b + i)));
            s2 += Avx2.MultiplyAddAdjacent(q, Avx2.ConvertToVector256Int16(Vector128.Load(c + i)));
            s3 += Avx2.MultiplyAddAdjacent(q, Avx2.ConvertToVector256Int16(Vector128.Load(d + i)));
        }

        return Sums(s0, s1, s2, s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bytes(sbyte* a, sbyte* b, int length)
    {
        var sum = Vector256<int>.Zero;
        for (var i = 0; i < length; i += 16)
        {
            sum += Avx2.MultiplyAddAdjacent(
                Avx2.ConvertToVector256Int16(Vector128.Load(a + i)), Avx2.ConvertToVector256Int16(Vector128.Load(b + i)));
        }

        return Vector256.Sum(sum);
    }

    /// <summary>The four sums of the lanes of four vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<int> Sums(Vector256<int> a, Vector256<int> b, Vector256<int> c, Vector256<int> d)
    {
        var halves = Avx2.HorizontalAdd(Avx2.HorizontalAdd(a, b), Avx2.HorizontalAdd(c, d));
        return halves.GetLower() + halves.GetUpper();
    }

    // Two products of at most 127 · 127 fit in 16 bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Products(Vector256<byte> query, sbyte* x) =>
        Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(query, Vector256.Load(x)), Vector256<short>.One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Nibbles(byte* x, sbyte* low, sbyte* high, short* factors, int length)
    {
        var mask = Vector256.Create((byte)15);
        var sum = Vector256<int>.Zero;
        for (var i = 0; i < length; i += 32)
        {
            var v = Vector256.Load(x + i);
            var pairs = Avx2.MultiplyAddAdjacent(v & mask, Vector256.Load(low + i));
            var others = Avx2.MultiplyAddAdjacent((v.AsUInt16() >> 4).AsByte() & mask, Vector256.Load(high + i));
            sum += Avx2.MultiplyAddAdjacent(pairs, Vector256.Load(factors + (i / 2)));
            sum += Avx2.MultiplyAddAdjacent(others, Vector256.Load(factors + ((length + i) / 2)));
        }

        return sum;
    }
}
