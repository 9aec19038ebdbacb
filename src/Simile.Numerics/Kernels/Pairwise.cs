using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Simile.Numerics.Kernels;

/// <summary>Accumulates a step over the components of two vectors, or of one vector and many rows.</summary>
internal static class Pairwise<TStep>
    where TStep : struct, IStep
{
    /// <summary>One pair. The caller guarantees equal lengths.</summary>
    public static float One(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => One(a, b, KernelPaths.Best);

    /// <summary>One pair, with the given vector width.</summary>
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

    /// <summary>
    /// One vector against the rows of a block. <c>sums[i]</c> belongs to row i, which starts at <c>rows[i · query.Length]</c>.
    /// </summary>
    public static void Rows(ReadOnlySpan<float> query, ReadOnlySpan<float> rows, Span<float> sums) =>
        Rows(query, rows, sums, KernelPaths.Best);

    /// <summary>One vector against the rows of a block, with the given vector width.</summary>
    public static unsafe void Rows(ReadOnlySpan<float> query, ReadOnlySpan<float> rows, Span<float> sums, KernelPath path)
    {
        fixed (float* q = query, r = rows, s = sums)
        {
            RowScan<TStep, Float32Format>.Run(q, query.Length, (byte*)r, null, sums.Length, s, path);
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

    // Four independent sums hide the latency of the additions.
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
}
