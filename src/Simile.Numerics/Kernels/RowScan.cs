using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simile.Numerics.Kernels;

/// <summary>Accumulates a step over one vector and each of many rows.</summary>
/// <remarks>A row's sum does not depend on its position or on the number of rows.</remarks>
internal static unsafe class RowScan<TStep, TFormat>
    where TStep : struct, IStep
    where TFormat : struct, IRowFormat
{
    // Prefetch distance in bytes: one page. Floats are limited by memory bandwidth and are fastest when prefetched into the second-level
    // cache (97 % of the read bandwidth; 80 % with the first). Formats that must be widened are fastest with the first.
    private const int Distance = 4096;

    // The same for each of two streams.
    private const int TwoDistance = 1024;

    /// <summary>One vector against <paramref name="count"/> adjacent rows, with the given vector width.</summary>
    /// <param name="query"><paramref name="length"/> components.</param>
    /// <param name="length">Components of the query and of each row.</param>
    /// <param name="rows">The first row.</param>
    /// <param name="scales">Offset and step of each row, for a scaled format.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="sums">Receives one sum per row.</param>
    /// <param name="path">The vector width. A row shorter than one vector uses a narrower one.</param>
    public static void Run(float* query, int length, byte* rows, float* scales, int count, float* sums, KernelPath path)
    {
        if (path >= KernelPath.Vector512 && length >= Lanes512.Count)
        {
            Run<Lanes512, Vector512<float>>(query, length, rows, scales, count, sums);
        }
        else if (path >= KernelPath.Vector256 && length >= Lanes256.Count)
        {
            Run<Lanes256, Vector256<float>>(query, length, rows, scales, count, sums);
        }
        else if (path >= KernelPath.Vector128 && length >= Lanes128.Count)
        {
            Run<Lanes128, Vector128<float>>(query, length, rows, scales, count, sums);
        }
        else
        {
            Scalar(query, length, rows, scales, count, sums);
        }
    }

    private static void Scalar(float* query, int length, byte* rows, float* scales, int count, float* sums)
    {
        for (var row = 0; row < count; row++, rows += (nint)length * TFormat.Size)
        {
            var sum = 0f;
            for (var i = 0; i < length; i++)
            {
                var x = TFormat.Load(rows, (nuint)i);
                sum = TStep.Scalar(sum, query[i], TFormat.Scaled ? scales[2 * row] + (scales[(2 * row) + 1] * x) : x);
            }

            sums[row] = sum;
        }
    }

    // Four independent sums per row hide the latency of the additions. Floats are read in two streams half a block apart, so that more
    // reads are in flight. Formats that must be widened, and a single row, use one stream.
    private static void Run<TLanes, TVector>(float* query, int length, byte* rows, float* scales, int count, float* sums)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var first = 0;
        if (TFormat.Size == sizeof(float))
        {
            first = count / 2 * 2;
            RunTwo<TLanes, TVector>(query, length, rows, first / 2, sums);
        }

        RunOne<TLanes, TVector>(
            query, length, rows + ((nint)first * length * TFormat.Size), scales + (2 * first), count - first, sums + first);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunTwo<TLanes, TVector>(float* query, int length, byte* rows, int half, float* sums)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var fours = (nuint)(length / (4 * TLanes.Count) * (4 * TLanes.Count));
        var others = rows + ((nint)half * length * TFormat.Size);
        for (var row = 0; row < half; row++, rows += (nint)length * TFormat.Size, others += (nint)length * TFormat.Size)
        {
            var (s0, s1, s2, s3) = (TLanes.Create(0), TLanes.Create(0), TLanes.Create(0), TLanes.Create(0));
            var (t0, t1, t2, t3) = (TLanes.Create(0), TLanes.Create(0), TLanes.Create(0), TLanes.Create(0));
            nuint i = 0;
            for (; i < fours; i += 4 * (nuint)TLanes.Count)
            {
                for (var line = 0; line < 4 * TLanes.Count * TFormat.Size; line += 64)
                {
                    CachePrefetch.Level2(rows + (i * (nuint)TFormat.Size) + TwoDistance + line);
                    CachePrefetch.Level2(others + (i * (nuint)TFormat.Size) + TwoDistance + line);
                }

                var at = i;
                var q = TLanes.Load(ref *query, at);
                s0 = TStep.Lanes<TLanes, TVector>(s0, q, TFormat.Load<TLanes, TVector>(rows, at));
                t0 = TStep.Lanes<TLanes, TVector>(t0, q, TFormat.Load<TLanes, TVector>(others, at));
                at += (nuint)TLanes.Count;
                q = TLanes.Load(ref *query, at);
                s1 = TStep.Lanes<TLanes, TVector>(s1, q, TFormat.Load<TLanes, TVector>(rows, at));
                t1 = TStep.Lanes<TLanes, TVector>(t1, q, TFormat.Load<TLanes, TVector>(others, at));
                at += (nuint)TLanes.Count;
                q = TLanes.Load(ref *query, at);
                s2 = TStep.Lanes<TLanes, TVector>(s2, q, TFormat.Load<TLanes, TVector>(rows, at));
                t2 = TStep.Lanes<TLanes, TVector>(t2, q, TFormat.Load<TLanes, TVector>(others, at));
                at += (nuint)TLanes.Count;
                q = TLanes.Load(ref *query, at);
                s3 = TStep.Lanes<TLanes, TVector>(s3, q, TFormat.Load<TLanes, TVector>(rows, at));
                t3 = TStep.Lanes<TLanes, TVector>(t3, q, TFormat.Load<TLanes, TVector>(others, at));
            }

            for (; i <= (nuint)(length - TLanes.Count); i += (nuint)TLanes.Count)
            {
                var q = TLanes.Load(ref *query, i);
                s0 = TStep.Lanes<TLanes, TVector>(s0, q, TFormat.Load<TLanes, TVector>(rows, i));
                t0 = TStep.Lanes<TLanes, TVector>(t0, q, TFormat.Load<TLanes, TVector>(others, i));
            }

            if (i < (nuint)length)
            {
                // The last vector overlaps the previous one. Components that were already added count as zero.
                var mask = TLanes.Last(length - (int)i);
                i = (nuint)(length - TLanes.Count);
                var q = TLanes.And(TLanes.Load(ref *query, i), mask);
                s1 = TStep.Lanes<TLanes, TVector>(s1, q, TLanes.And(TFormat.Load<TLanes, TVector>(rows, i), mask));
                t1 = TStep.Lanes<TLanes, TVector>(t1, q, TLanes.And(TFormat.Load<TLanes, TVector>(others, i), mask));
            }

            sums[row] = TLanes.Sum(TLanes.Add(TLanes.Add(s0, s1), TLanes.Add(s2, s3)));
            sums[half + row] = TLanes.Sum(TLanes.Add(TLanes.Add(t0, t1), TLanes.Add(t2, t3)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunOne<TLanes, TVector>(float* query, int length, byte* rows, float* scales, int count, float* sums)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var fours = (nuint)(length / (4 * TLanes.Count) * (4 * TLanes.Count));
        for (var row = 0; row < count; row++, rows += (nint)length * TFormat.Size)
        {
            var offset = TFormat.Scaled ? TLanes.Create(scales[2 * row]) : default;
            var step = TFormat.Scaled ? TLanes.Create(scales[(2 * row) + 1]) : default;
            var (s0, s1, s2, s3) = (TLanes.Create(0), TLanes.Create(0), TLanes.Create(0), TLanes.Create(0));
            nuint i = 0;
            for (; i < fours; i += 4 * (nuint)TLanes.Count)
            {
                var next = rows + (i * (nuint)TFormat.Size) + Distance;
                for (var line = 0; line < 4 * TLanes.Count * TFormat.Size; line += 64)
                {
                    if (TFormat.Size == sizeof(float))
                    {
                        CachePrefetch.Level2(next + line);
                    }
                    else
                    {
                        CachePrefetch.Level1(next + line);
                    }
                }

                var at = i;
                s0 = TStep.Lanes<TLanes, TVector>(s0, TLanes.Load(ref *query, at), Load<TLanes, TVector>(rows, at, offset, step));
                at += (nuint)TLanes.Count;
                s1 = TStep.Lanes<TLanes, TVector>(s1, TLanes.Load(ref *query, at), Load<TLanes, TVector>(rows, at, offset, step));
                at += (nuint)TLanes.Count;
                s2 = TStep.Lanes<TLanes, TVector>(s2, TLanes.Load(ref *query, at), Load<TLanes, TVector>(rows, at, offset, step));
                at += (nuint)TLanes.Count;
                s3 = TStep.Lanes<TLanes, TVector>(s3, TLanes.Load(ref *query, at), Load<TLanes, TVector>(rows, at, offset, step));
            }

            for (; i <= (nuint)(length - TLanes.Count); i += (nuint)TLanes.Count)
            {
                s0 = TStep.Lanes<TLanes, TVector>(s0, TLanes.Load(ref *query, i), Load<TLanes, TVector>(rows, i, offset, step));
            }

            if (i < (nuint)length)
            {
                // The last vector overlaps the previous one. Components that were already added count as zero.
                var mask = TLanes.Last(length - (int)i);
                i = (nuint)(length - TLanes.Count);
                s1 = TStep.Lanes<TLanes, TVector>(
                    s1, TLanes.And(TLanes.Load(ref *query, i), mask), TLanes.And(Load<TLanes, TVector>(rows, i, offset, step), mask));
            }

            sums[row] = TLanes.Sum(TLanes.Add(TLanes.Add(s0, s1), TLanes.Add(s2, s3)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load<TLanes, TVector>(byte* row, nuint index, TVector offset, TVector step)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var x = TFormat.Load<TLanes, TVector>(row, index);
        return TFormat.Scaled ? TLanes.MultiplyAdd(x, step, offset) : x;
    }
}
