using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Simile.Numerics.Kernels;

/// <summary>Sums a step over the components of two vectors, or of one vector and many rows.</summary>
internal static class Pairwise<TStep>
    where TStep : struct, IStep
{
    /// <summary>One pair. The caller has checked that the lengths are equal.</summary>
    public static float One(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => One(a, b, KernelPaths.Best);

    /// <summary>One pair, in the width asked for.</summary>
    public static float One(ReadOnlySpan<float> a, ReadOnlySpan<float> b, KernelPath path)
    {
        ref var x = ref MemoryMarshal.GetReference(a);
        ref var y = ref MemoryMarshal.GetReference(b);
        return path switch
        {
            KernelPath.Vector512 => One<Lanes512, Vector512<float>>(ref x, ref y, a.Length),
            KernelPath.Vector256 => One<Lanes256, Vector256<float>>(ref x, ref y, a.Length),
            KernelPath.Vector128 => One<Lanes128, Vector128<float>>(ref x, ref y, a.Length),
            _ => Scalar(ref x, ref y, 0, a.Length, 0),
        };
    }

    /// <summary>One vector against the rows of a block: <c>sums[i]</c> belongs to row i, which begins at <c>rows[i · query.Length]</c>.</summary>
    public static void Rows(ReadOnlySpan<float> query, ReadOnlySpan<float> rows, Span<float> sums) => Rows(query, rows, sums, KernelPaths.Best);

    /// <summary>One vector against the rows of a block, in the width asked for.</summary>
    public static void Rows(ReadOnlySpan<float> query, ReadOnlySpan<float> rows, Span<float> sums, KernelPath path)
    {
        switch (path)
        {
            case KernelPath.Vector512:
                Rows<Lanes512, Vector512<float>>(query, rows, sums);
                break;
            case KernelPath.Vector256:
                Rows<Lanes256, Vector256<float>>(query, rows, sums);
                break;
            case KernelPath.Vector128:
                Rows<Lanes128, Vector128<float>>(query, rows, sums);
                break;
            default:
                for (var row = 0; row < sums.Length; row++)
                {
                    sums[row] = One(query, rows.Slice(row * query.Length, query.Length), path);
                }

                break;
        }
    }

    private static float Scalar(ref float x, ref float y, int from, int to, float sum)
    {
        for (var i = from; i < to; i++)
        {
            sum = TStep.Scalar(sum, Unsafe.Add(ref x, i), Unsafe.Add(ref y, i));
        }

        return sum;
    }

    // Four sums at once: one alone would wait for the latency of each addition.
    private static float One<TLanes, TVector>(ref float x, ref float y, int length)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var (s0, s1, s2, s3) = (TLanes.Create(0), TLanes.Create(0), TLanes.Create(0), TLanes.Create(0));
        var i = 0;
        for (; i <= length - (4 * TLanes.Count); i += 4 * TLanes.Count)
        {
            var at = (nuint)i;
            s0 = TStep.Lanes<TLanes, TVector>(s0, TLanes.Load(ref x, at), TLanes.Load(ref y, at));
            at += (nuint)TLanes.Count;
            s1 = TStep.Lanes<TLanes, TVector>(s1, TLanes.Load(ref x, at), TLanes.Load(ref y, at));
            at += (nuint)TLanes.Count;
            s2 = TStep.Lanes<TLanes, TVector>(s2, TLanes.Load(ref x, at), TLanes.Load(ref y, at));
            at += (nuint)TLanes.Count;
            s3 = TStep.Lanes<TLanes, TVector>(s3, TLanes.Load(ref x, at), TLanes.Load(ref y, at));
        }

        for (; i <= length - TLanes.Count; i += TLanes.Count)
        {
            s0 = TStep.Lanes<TLanes, TVector>(s0, TLanes.Load(ref x, (nuint)i), TLanes.Load(ref y, (nuint)i));
        }

        var sum = TLanes.Sum(TLanes.Add(TLanes.Add(s0, s1), TLanes.Add(s2, s3)));
        return Scalar(ref x, ref y, i, length, sum);
    }

    // Four rows at once: the query is read once for all of them, and four sums hide the latency.
    private static void Rows<TLanes, TVector>(ReadOnlySpan<float> query, ReadOnlySpan<float> rows, Span<float> sums)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var length = query.Length;
        ref var q = ref MemoryMarshal.GetReference(query);
        ref var first = ref MemoryMarshal.GetReference(rows);
        var row = 0;
        for (; row <= sums.Length - 4; row += 4)
        {
            ref var r0 = ref Unsafe.Add(ref first, (nuint)row * (nuint)length);
            ref var r1 = ref Unsafe.Add(ref r0, length);
            ref var r2 = ref Unsafe.Add(ref r1, length);
            ref var r3 = ref Unsafe.Add(ref r2, length);
            var (s0, s1, s2, s3) = (TLanes.Create(0), TLanes.Create(0), TLanes.Create(0), TLanes.Create(0));
            var i = 0;
            for (; i <= length - TLanes.Count; i += TLanes.Count)
            {
                var at = (nuint)i;
                var part = TLanes.Load(ref q, at);
                s0 = TStep.Lanes<TLanes, TVector>(s0, part, TLanes.Load(ref r0, at));
                s1 = TStep.Lanes<TLanes, TVector>(s1, part, TLanes.Load(ref r1, at));
                s2 = TStep.Lanes<TLanes, TVector>(s2, part, TLanes.Load(ref r2, at));
                s3 = TStep.Lanes<TLanes, TVector>(s3, part, TLanes.Load(ref r3, at));
            }

            sums[row] = Scalar(ref q, ref r0, i, length, TLanes.Sum(s0));
            sums[row + 1] = Scalar(ref q, ref r1, i, length, TLanes.Sum(s1));
            sums[row + 2] = Scalar(ref q, ref r2, i, length, TLanes.Sum(s2));
            sums[row + 3] = Scalar(ref q, ref r3, i, length, TLanes.Sum(s3));
        }

        for (; row < sums.Length; row++)
        {
            sums[row] = Row<TLanes, TVector>(ref q, ref Unsafe.Add(ref first, (nuint)row * (nuint)length), length);
        }
    }

    // Adds in the same order as the four rows above: equal rows get equal sums, wherever they stand.
    private static float Row<TLanes, TVector>(ref float q, ref float row, int length)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var sum = TLanes.Create(0);
        var i = 0;
        for (; i <= length - TLanes.Count; i += TLanes.Count)
        {
            sum = TStep.Lanes<TLanes, TVector>(sum, TLanes.Load(ref q, (nuint)i), TLanes.Load(ref row, (nuint)i));
        }

        return Scalar(ref q, ref row, i, length, TLanes.Sum(sum));
    }
}
