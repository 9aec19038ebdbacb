using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Simile.Index.Codes;

/// <summary>AVX-512: 64 bytes at a time.</summary>
internal readonly unsafe struct CodeKernel512 : ICodeKernel
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
        var (s0, s1, s2, s3) = (Vector512<int>.Zero, Vector512<int>.Zero, Vector512<int>.Zero, Vector512<int>.Zero);
        for (var i = 0; i < length; i += 64)
        {
            var q = Vector512.Load(query + i);
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
        var (s0, s1, s2, s3) = (Vector512<int>.Zero, Vector512<int>.Zero, Vector512<int>.Zero, Vector512<int>.Zero);
        for (var i = 0; i < length; i += 32)
        {
            var q = Vector512.Load(query + i);
            s0 += Avx512BW.MultiplyAddAdjacent(q, Avx512BW.ConvertToVector512Int16(Vector256.Load(a + i)));
            s1 += Avx512BW.MultiplyAddAdjacent(q, Avx512BW.ConvertToVector512Int16(Vector256.Load(b + i)));
            s2 += Avx512BW.MultiplyAddAdjacent(q, Avx512BW.ConvertToVector512Int16(Vector256.Load(c + i)));
            s3 += Avx512BW.MultiplyAddAdjacent(q, Avx512BW.ConvertToVector512Int16(Vector256.Load(d + i)));
        }

        return Sums(s0, s1, s2, s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bytes(sbyte* a, sbyte* b, int length)
    {
        var sum = Vector512<int>.Zero;
        for (var i = 0; i < length; i += 32)
        {
            sum += Avx512BW.MultiplyAddAdjacent(
                Avx512BW.ConvertToVector512Int16(Vector256.Load(a + i)), Avx512BW.ConvertToVector512Int16(Vector256.Load(b + i)));
        }

        return Vector512.Sum(sum);
    }

    // Two products of at most 127 · 127 fit in 16 bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Products(Vector512<byte> query, sbyte* x) =>
        Avx512BW.MultiplyAddAdjacent(Avx512BW.MultiplyAddAdjacent(query, Vector512.Load(x)), Vector512<short>.One);

    // A product of nibble and weight is at most 15 · 127: two fit in 16 bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Nibbles(byte* x, sbyte* low, sbyte* high, short* factors, int length)
    {
        var mask = Vector512.Create((byte)15);
        var sum = Vector512<int>.Zero;
        for (var i = 0; i < length; i += 64)
        {
            var v = Vector512.Load(x + i);
            var pairs = Avx512BW.MultiplyAddAdjacent(v & mask, Vector512.Load(low + i));
            var others = Avx512BW.MultiplyAddAdjacent((v.AsUInt16() >> 4).AsByte() & mask, Vector512.Load(high + i));
            sum += Avx512BW.MultiplyAddAdjacent(pairs, Vector512.Load(factors + (i / 2)));
            sum += Avx512BW.MultiplyAddAdjacent(others, Vector512.Load(factors + ((length + i) / 2)));
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Sums(Vector512<int> a, Vector512<int> b, Vector512<int> c, Vector512<int> d) =>
        CodeKernel256.Sums(
            a.GetLower() + a.GetUpper(), b.GetLower() + b.GetUpper(), c.GetLower() + c.GetUpper(), d.GetLower() + d.GetUpper());
}
