using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simile.Numerics.Kernels;

/// <summary>Dot products between vectors of 16-bit integers and rows of bytes, in 32-bit integers.</summary>
/// <remarks>
/// The caller must ensure that no sum overflows: 255 · Σ |qᵢ| must be below 2³¹. Each byte is widened once and multiplied by up to four
/// queries. One instruction adds two products per lane, so this needs half as many instructions as floats.
/// </remarks>
internal static unsafe class ByteDot
{
    // Prefetch distance in bytes: one page, in each of two streams of rows.
    private const int Distance = 4096, TwoDistance = 1024;

    /// <summary>
    /// The number of components that a query takes in memory. The tail after the last full vector is stored again in one more vector.
    /// </summary>
    public static int QueryLength(int length, KernelPath path) =>
        (length + Lanes(length, path) - 1) / Lanes(length, path) * Lanes(length, path);

    /// <summary>
    /// Copies a query into the layout that <see cref="Run"/> reads: the first <see cref="QueryLength"/> numbers of the target.
    /// </summary>
    public static void Lay(Span<short> query, int length, KernelPath path)
    {
        var rest = length % Lanes(length, path);
        query[(length - rest)..length].CopyTo(query[^rest..]);
        query[(length - rest)..^rest].Clear();
    }

    /// <summary><c>sums[j · count + i]</c> = Σ query j [k] · rows[i · length + k].</summary>
    /// <param name="queries">Queries in the layout of <see cref="Lay"/>, one after the other.</param>
    /// <param name="queryCount">Number of queries.</param>
    /// <param name="length">Components of a row.</param>
    /// <param name="rows">Adjacent rows.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="sums">Receives one sum for each pair.</param>
    /// <param name="path">The vector width. A row shorter than one vector uses a narrower one.</param>
    public static void Run(short* queries, int queryCount, int length, byte* rows, int count, int* sums, KernelPath path)
    {
        switch (Lanes(length, path))
        {
            case 32:
                Run<ByteLanes512, Vector512<int>>(queries, queryCount, length, rows, count, sums);
                break;
            case 16:
                Run<ByteLanes256, Vector256<int>>(queries, queryCount, length, rows, count, sums);
                break;
            case 8:
                Run<ByteLanes128, Vector128<int>>(queries, queryCount, length, rows, count, sums);
                break;
            default:
                Scalar(queries, queryCount, length, rows, count, sums);
                break;
        }
    }

    private static int Lanes(int length, KernelPath path) =>
        path >= KernelPath.Vector512 && length >= 32 ? 32
        : path >= KernelPath.Vector256 && length >= 16 ? 16
        : path >= KernelPath.Vector128 && length >= 8 ? 8
        : 1;

    private static void Scalar(short* queries, int queryCount, int length, byte* rows, int count, int* sums)
    {
        for (var pair = 0; pair < queryCount * count; pair++)
        {
            var query = queries + (pair / count * (nint)length);
            var row = rows + (pair % count * (nint)length);
            sums[pair] = 0;
            for (var i = 0; i < length; i++)
            {
                sums[pair] += query[i] * row[i];
            }
        }
    }

    private static void Run<TLanes, TVector>(short* queries, int queryCount, int length, byte* rows, int count, int* sums)
        where TLanes : struct, IByteLanes<TVector>
        where TVector : struct
    {
        var stride = (length + TLanes.Count - 1) / TLanes.Count * TLanes.Count;
        for (; queryCount > 0; queryCount -= 4, queries += 4 * stride, sums += 4 * count)
        {
            switch (queryCount)
            {
                case 1:
                    OneQuery<TLanes, TVector>(queries, length, rows, count, sums);
                    break;
                case 2:
                    Rows<TLanes, TVector, Two>(queries, stride, length, rows, count, sums);
                    break;
                case 3:
                    Rows<TLanes, TVector, Three>(queries, stride, length, rows, count, sums);
                    break;
                default:
                    Rows<TLanes, TVector, Four>(queries, stride, length, rows, count, sums);
                    break;
            }
        }
    }

    // With one query, memory bandwidth is the limit: one stream of rows is fastest (80 % of the read bandwidth; two streams reach 63 %).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneQuery<TLanes, TVector>(short* query, int length, byte* rows, int count, int* sums)
        where TLanes : struct, IByteLanes<TVector>
        where TVector : struct
    {
        for (var row = 0; row < count; row++, rows += length)
        {
            var (even, odd) = (default(TVector), default(TVector));
            var i = 0;
            for (; i <= length - (2 * TLanes.Count); i += 2 * TLanes.Count)
            {
                CachePrefetch.Level1(rows + i + Distance);
                even = TLanes.MultiplyAdd(even, TLanes.Widen(rows + i), TLanes.Load(query + i));
                odd = TLanes.MultiplyAdd(odd, TLanes.Widen(rows + i + TLanes.Count), TLanes.Load(query + i + TLanes.Count));
            }

            if (i <= length - TLanes.Count)
            {
                even = TLanes.MultiplyAdd(even, TLanes.Widen(rows + i), TLanes.Load(query + i));
                i += TLanes.Count;
            }

            if (i < length)
            {
                // Bytes that were already added meet zeros in the query.
                odd = TLanes.MultiplyAdd(odd, TLanes.Widen(rows + length - TLanes.Count), TLanes.Load(query + i));
            }

            sums[row] = TLanes.Sum(TLanes.Add(even, odd));
        }
    }

    // Two rows at a time, half of the block apart. With an odd count the middle row is computed twice.
    private static void Rows<TLanes, TVector, TQueries>(short* queries, nint stride, int length, byte* rows, int count, int* sums)
        where TLanes : struct, IByteLanes<TVector>
        where TVector : struct
        where TQueries : struct, IQueries
    {
        var half = count / 2;
        for (var row = 0; row < count - half; row++)
        {
            Tile<TLanes, TVector, TQueries>(
                queries, stride, length, rows + ((nint)row * length), rows + ((nint)(half + row) * length), count, sums + row, sums
                    + half + row);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<TLanes, TVector, TQueries>(
        short* queries, nint stride, int length, byte* row, byte* other, int count, int* sums, int* otherSums)
        where TLanes : struct, IByteLanes<TVector>
        where TVector : struct
        where TQueries : struct, IQueries
    {
        TVector s0 = default, s1 = default, s2 = default, s3 = default;
        TVector t0 = default, t1 = default, t2 = default, t3 = default;
        for (var i = 0; i < length; i += TLanes.Count)
        {
            // Bytes of the last vector that were already added meet zeros in the query.
            var at = Math.Min(i, length - TLanes.Count);
            CachePrefetch.Level1(row + at + TwoDistance);
            CachePrefetch.Level1(other + at + TwoDistance);
            var (x, y) = (TLanes.Widen(row + at), TLanes.Widen(other + at));
            var q = TLanes.Load(queries + i);
            s0 = TLanes.MultiplyAdd(s0, x, q);
            t0 = TLanes.MultiplyAdd(t0, y, q);
            q = TLanes.Load(queries + i + stride);
            s1 = TLanes.MultiplyAdd(s1, x, q);
            t1 = TLanes.MultiplyAdd(t1, y, q);
            if (TQueries.Count > 2)
            {
                q = TLanes.Load(queries + i + (2 * stride));
                s2 = TLanes.MultiplyAdd(s2, x, q);
                t2 = TLanes.MultiplyAdd(t2, y, q);
            }

            if (TQueries.Count > 3)
            {
                q = TLanes.Load(queries + i + (3 * stride));
                s3 = TLanes.MultiplyAdd(s3, x, q);
                t3 = TLanes.MultiplyAdd(t3, y, q);
            }
        }

        (sums[0], otherSums[0]) = (TLanes.Sum(s0), TLanes.Sum(t0));
        (sums[count], otherSums[count]) = (TLanes.Sum(s1), TLanes.Sum(t1));
        if (TQueries.Count > 2)
        {
            (sums[2 * count], otherSums[2 * count]) = (TLanes.Sum(s2), TLanes.Sum(t2));
        }

        if (TQueries.Count > 3)
        {
            (sums[3 * count], otherSums[3 * count]) = (TLanes.Sum(s3), TLanes.Sum(t3));
        }
    }

    // A compile-time constant, so that the JIT specializes the tile.
    private interface IQueries
    {
        static abstract int Count { get; }
    }

    private readonly struct Two : IQueries
    {
        public static int Count => 2;
    }

    private readonly struct Three : IQueries
    {
        public static int Count => 3;
    }

    private readonly struct Four : IQueries
    {
        public static int Count => 4;
    }
}
