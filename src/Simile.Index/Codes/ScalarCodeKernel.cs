using System.Runtime.Intrinsics;

namespace Simile.Index.Codes;

/// <summary>The slow twin.</summary>
internal readonly unsafe struct ScalarCodeKernel : ICodeKernel
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
        var sum = 0;
        for (var i = 0; i < length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static int Nibbles(byte* x, sbyte* low, sbyte* high, short* factors, int length)
    {
        var sum = 0;
        for (var i = 0; i < length; i++)
        {
            sum += ((x[i] & 15) * low[i] * factors[i / 2]) + ((x[i] >> 4) * high[i] * factors[(length + i) / 2]);
        }

        return sum;
    }

    private static int Bytes(byte* query, sbyte* x, int length)
    {
        var sum = 0;
        for (var i = 0; i < length; i++)
        {
            sum += query[i] * x[i];
        }

        return sum;
    }

    private static int Bytes(short* query, sbyte* x, int length)
    {
        var sum = 0;
        for (var i = 0; i < length; i++)
        {
            sum += query[i] * x[i];
        }

        return sum;
    }
}
