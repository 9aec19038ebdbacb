using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Simile.Index.Hnsw;

/// <summary>Squared Euclidean distances of vectors stored as bytes.</summary>
internal static unsafe class ByteDistance
{
    /// <summary>Between a float vector and a byte vector.</summary>
    public static float SquaredL2(float* query, byte* row, int dimensions)
    {
        var (s0, s1, s2, s3) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var i = 0;
        for (; i <= dimensions - 64; i += 64)
        {
            s0 = Add(s0, query + i, row + i);
            s1 = Add(s1, query + i + 16, row + i + 16);
            s2 = Add(s2, query + i + 32, row + i + 32);
            s3 = Add(s3, query + i + 48, row + i + 48);
        }

        for (; i <= dimensions - 16; i += 16)
        {
            s0 = Add(s0, query + i, row + i);
        }

        var sum = Vector512.Sum(s0 + s1 + (s2 + s3));
        for (; i < dimensions; i++)
        {
            var difference = query[i] - row[i];
            sum += difference * difference;
        }

        return sum;
    }

    /// <summary>Between two byte vectors: exact.</summary>
    public static float SquaredL2(byte* a, byte* b, int dimensions)
    {
        var sum = Vector256<int>.Zero;
        var i = 0;
        for (; i <= dimensions - 16; i += 16)
        {
            var difference = Shorts(a + i) - Shorts(b + i);
            sum += Squares(difference);
        }

        var all = Vector256.Sum(sum);
        for (; i < dimensions; i++)
        {
            all += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return all;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Add(Vector512<float> sum, float* query, byte* row)
    {
        var difference = Vector512.Load(query) - Floats(row);
        return Vector512.MultiplyAddEstimate(difference, difference, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Floats(byte* row)
    {
        var bytes = Vector128.Load(row);
        if (Avx512F.IsSupported)
        {
            return Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(bytes));
        }

        var (lower, upper) = Vector256.Widen(Vector256.Create(Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes)));
        return Vector512.Create(Vector256.ConvertToSingle(lower.AsInt32()), Vector256.ConvertToSingle(upper.AsInt32()));
    }

    private static Vector256<short> Shorts(byte* row)
    {
        var bytes = Vector128.Load(row);
        return Vector256.Create(Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes)).AsInt16();
    }

    private static Vector256<int> Squares(Vector256<short> v)
    {
        if (Avx2.IsSupported)
        {
            return Avx2.MultiplyAddAdjacent(v, v);
        }

        var (lower, upper) = Vector256.Widen(v);
        return (lower * lower) + (upper * upper);
    }
}
