using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Simile.Numerics.Kernels;

/// <summary>Dot products of a vector of 16-bit integers and rows of bytes, in 32-bit integers.</summary>
/// <remarks>The caller sees to it that no sum leaves the range: 255 · Σ |qᵢ| must be below 2³¹.</remarks>
internal static unsafe class ByteDot
{
    /// <summary>Components that a query takes in memory: those after the last whole vector stand at the end of one more.</summary>
    public static int QueryLength(int length, KernelPath path) => (length + Lanes(length, path) - 1) / Lanes(length, path) * Lanes(length, path);

    /// <summary>Lays a query out as <see cref="Run"/> reads it.</summary>
    public static void Lay(ReadOnlySpan<short> query, Span<short> target, KernelPath path)
    {
        var whole = query.Length - (query.Length % Lanes(query.Length, path));
        target.Clear();
        query[..whole].CopyTo(target);
        query[whole..].CopyTo(target[(target.Length - (query.Length - whole))..]);
    }

    /// <summary><c>sums[i]</c> = Σ query[j] · rows[i · length + j].</summary>
    public static void Run(short* query, int length, byte* rows, int count, int* sums, KernelPath path)
    {
        switch (Lanes(length, path))
        {
            case 32:
                Run<ByteLanes512, Vector512<int>>(query, length, rows, count, sums);
                break;
            case 16:
                Run<ByteLanes256, Vector256<int>>(query, length, rows, count, sums);
                break;
            case 8:
                Run<ByteLanes128, Vector128<int>>(query, length, rows, count, sums);
                break;
            default:
                Scalar(query, length, rows, count, sums);
                break;
        }
    }

    private static int Lanes(int length, KernelPath path) =>
        path >= KernelPath.Vector512 && length >= 32 ? 32
        : path >= KernelPath.Vector256 && length >= 16 ? 16
        : path >= KernelPath.Vector128 && length >= 8 ? 8
        : 1;

    private static void Scalar(short* query, int length, byte* rows, int count, int* sums)
    {
        for (var row = 0; row < count; row++, rows += length)
        {
            sums[row] = 0;
            for (var i = 0; i < length; i++)
            {
                sums[row] += query[i] * rows[i];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TLanes, TVector>(short* query, int length, byte* rows, int count, int* sums)
        where TLanes : struct, IByteLanes<TVector>
        where TVector : struct
    {
        for (var row = 0; row < count; row++, rows += length)
        {
            var (even, odd) = (default(TVector), default(TVector));
            var i = 0;
            for (; i <= length - (2 * TLanes.Count); i += 2 * TLanes.Count)
            {
                Ahead.Soon(rows + i + 4096);
                even = TLanes.MultiplyAdd(even, rows + i, query + i);
                odd = TLanes.MultiplyAdd(odd, rows + i + TLanes.Count, query + i + TLanes.Count);
            }

            if (i <= length - TLanes.Count)
            {
                even = TLanes.MultiplyAdd(even, rows + i, query + i);
                i += TLanes.Count;
            }

            if (i < length)
            {
                // Bytes that were added already meet zeros.
                odd = TLanes.MultiplyAdd(odd, rows + length - TLanes.Count, query + i);
            }

            sums[row] = TLanes.Sum(even, odd);
        }
    }

    private interface IByteLanes<TVector>
    {
        static abstract int Count { get; }

        static abstract TVector MultiplyAdd(TVector sum, byte* row, short* query);

        static abstract int Sum(TVector a, TVector b);
    }

    private readonly struct ByteLanes512 : IByteLanes<Vector512<int>>
    {
        public static int Count => 32;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<int> MultiplyAdd(Vector512<int> sum, byte* row, short* query)
        {
            if (Avx512BW.IsSupported)
            {
                return sum + Avx512BW.MultiplyAddAdjacent(Avx512BW.ConvertToVector512Int16(Vector256.Load(row)), Vector512.Load(query));
            }

            var lower = ByteLanes256.MultiplyAdd(sum.GetLower(), row, query);
            return Vector512.Create(lower, ByteLanes256.MultiplyAdd(sum.GetUpper(), row + 16, query + 16));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static int Sum(Vector512<int> a, Vector512<int> b) => Vector512.Sum(a + b);
    }

    private readonly struct ByteLanes256 : IByteLanes<Vector256<int>>
    {
        public static int Count => 16;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<int> MultiplyAdd(Vector256<int> sum, byte* row, short* query)
        {
            if (Avx2.IsSupported)
            {
                return sum + Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(row), Vector256.Load(query));
            }

            var lower = ByteLanes128.MultiplyAdd(sum.GetLower(), row, query);
            return Vector256.Create(lower, ByteLanes128.MultiplyAdd(sum.GetUpper(), row + 8, query + 8));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static int Sum(Vector256<int> a, Vector256<int> b) => Vector256.Sum(a + b);
    }

    private readonly struct ByteLanes128 : IByteLanes<Vector128<int>>
    {
        public static int Count => 8;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<int> MultiplyAdd(Vector128<int> sum, byte* row, short* query)
        {
            if (Sse41.IsSupported)
            {
                return sum + Sse2.MultiplyAddAdjacent(Sse41.ConvertToVector128Int16(row), Vector128.Load(query));
            }

            var bytes = Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)row).AsByte()).AsInt16();
            var q = Vector128.Load(query);
            return sum + (Vector128.WidenLower(bytes) * Vector128.WidenLower(q)) + (Vector128.WidenUpper(bytes) * Vector128.WidenUpper(q));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static int Sum(Vector128<int> a, Vector128<int> b) => Vector128.Sum(a + b);
    }
}
