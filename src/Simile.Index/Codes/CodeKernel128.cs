using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simile.Index.Codes;

/// <summary>16 bytes at a time, with operations that every processor has, including Arm.</summary>
internal readonly unsafe struct CodeKernel128 : ICodeKernel
{
    public static Vector128<int> Nibbles(byte* a, byte* b, byte* c, byte* d, sbyte* low, sbyte* high, short* factors, int length) =>
        Vector128.Create(
            Nibbles(a, low, high, factors, length),
            Nibbles(b, low, high, factors, length),
            Nibbles(c, low, high, factors, length),
            Nibbles(d, low, high, factors, length));

    public static Vector128<int> Bytes(byte* query, sbyte* a, sbyte* b, sbyte* c, sbyte* d, int length) =>
        Vector128.Create(Bytes(query, a, length), Bytes(query, b, length), Bytes(query, c, length), Bytes(query, d, length));

    public static Vector128<int> Bytes(short* query, sbyte* a, sbyte* b, sbyte* c, sbyte* d, int length) =>
        Vector128.Create(Bytes(query, a, length), Bytes(query, b, length), Bytes(query, c, length), Bytes(query, d, length));

    public static int Bytes(sbyte* a, sbyte* b, int length)
    {
        var sum = Vector128<int>.Zero;
        for (var i = 0; i < length; i += 16)
        {
            var (x, y) = (Vector128.Load(a + i), Vector128.Load(b + i));
            sum +=
                Neighbors(Vector128.WidenLower(x) * Vector128.WidenLower(y)) + Neighbors(Vector128.WidenUpper(x) * Vector128.WidenUpper(y));
        }

        return Vector128.Sum(sum);
    }

    private static int Bytes(byte* query, sbyte* x, int length)
    {
        var sum = Vector128<int>.Zero;
        for (var i = 0; i < length; i += 16)
        {
            var (q, v) = (Vector128.Load(query + i).AsSByte(), Vector128.Load(x + i));
            sum +=
                Neighbors(Vector128.WidenLower(q) * Vector128.WidenLower(v)) + Neighbors(Vector128.WidenUpper(q) * Vector128.WidenUpper(v));
        }

        return Vector128.Sum(sum);
    }

    private static int Bytes(short* query, sbyte* x, int length)
    {
        var sum = Vector128<int>.Zero;
        for (var i = 0; i < length; i += 8)
        {
            var q = Vector128.Load(query + i);
            var v = Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(long*)(x + i)).AsSByte());
            sum += (Vector128.WidenLower(q) * Vector128.WidenLower(v)) + (Vector128.WidenUpper(q) * Vector128.WidenUpper(v));
        }

        return Vector128.Sum(sum);
    }

    private static int Nibbles(byte* x, sbyte* low, sbyte* high, short* factors, int length)
    {
        var sum = Vector128<int>.Zero;
        for (var i = 0; i < length; i += 16)
        {
            var v = Vector128.Load(x + i);
            sum += Products(v & Vector128.Create((byte)15), Vector128.Load(low + i), Vector128.Load(factors + (i / 2)));
            sum += Products(v >> 4, Vector128.Load(high + i), Vector128.Load(factors + ((length + i) / 2)));
        }

        return Vector128.Sum(sum);
    }

    // Two adjacent bytes share a factor.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Products(Vector128<byte> nibbles, Vector128<sbyte> weights, Vector128<short> factors)
    {
        var lower = Vector128.WidenLower(nibbles).AsInt16() * Vector128.WidenLower(weights);
        var upper = Vector128.WidenUpper(nibbles).AsInt16() * Vector128.WidenUpper(weights);
        return (Neighbors(lower) * Vector128.WidenLower(factors)) + (Neighbors(upper) * Vector128.WidenUpper(factors));
    }

    // The sums of adjacent lanes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Neighbors(Vector128<short> v) => (v.AsInt32() << 16 >> 16) + (v.AsInt32() >> 16);
}
