using System.Runtime.CompilerServices;

namespace Simile.Numerics.Kernels;

/// <summary><see cref="QueryTile{TStep}"/> in one vector width.</summary>
/// <remarks>
/// Computes twelve sums at a time, as 6 rows × 2 vectors or 12 rows × 1. Twelve hide the latency of two multiply-adds per cycle, and with
/// their operands they fit the 16 registers of AVX2. The sums are named locals, because arrays are not kept in registers. Rows are
/// addressed as pointer + 0, 1 or 2 strides, so that few pointers move. The kernel prefetches the next twelve rows.
/// </remarks>
internal static unsafe class QueryTile<TStep, TLanes, TVector>
    where TStep : struct, IStep
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    public static void Run(float* rows, int count, int length, int vectors, float* packed, PanelTest test, uint* passing)
    {
        if (vectors == 2)
        {
            for (var i = 0; i < count; i += 6)
            {
                Wide(rows + ((long)i * length), length, packed, test, test.RowNorms + i, passing + i);
            }

            return;
        }

        for (var i = 0; i < count; i += 12)
        {
            Narrow(rows + ((long)i * length), length, packed, test, test.RowNorms + i, passing + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Wide(float* rows, int length, float* packed, PanelTest test, float* rowNorms, uint* passing)
    {
        var stride = (nint)length * sizeof(float);
        var r0 = (byte*)rows;
        var r1 = r0 + (3 * stride);
        var end = r0 + stride;
        var next = r0 + (12 * stride);
        TVector s00 = TLanes.Create(0), s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00;
        TVector s30 = s00, s31 = s00, s40 = s00, s41 = s00, s50 = s00, s51 = s00;
        while (r0 < end)
        {
            CachePrefetch.Level2(next);
            next += 6 * sizeof(float);
            var q0 = TLanes.Load(ref *packed, 0);
            var q1 = TLanes.Load(ref *packed, (nuint)TLanes.Count);
            var x = TLanes.Create(*(float*)(r0));
            s00 = TStep.Lanes<TLanes, TVector>(s00, q0, x);
            s01 = TStep.Lanes<TLanes, TVector>(s01, q1, x);
            x = TLanes.Create(*(float*)(r0 + stride));
            s10 = TStep.Lanes<TLanes, TVector>(s10, q0, x);
            s11 = TStep.Lanes<TLanes, TVector>(s11, q1, x);
            x = TLanes.Create(*(float*)(r0 + (2 * stride)));
            s20 = TStep.Lanes<TLanes, TVector>(s20, q0, x);
            s21 = TStep.Lanes<TLanes, TVector>(s21, q1, x);
            x = TLanes.Create(*(float*)(r1));
            s30 = TStep.Lanes<TLanes, TVector>(s30, q0, x);
            s31 = TStep.Lanes<TLanes, TVector>(s31, q1, x);
            x = TLanes.Create(*(float*)(r1 + stride));
            s40 = TStep.Lanes<TLanes, TVector>(s40, q0, x);
            s41 = TStep.Lanes<TLanes, TVector>(s41, q1, x);
            x = TLanes.Create(*(float*)(r1 + (2 * stride)));
            s50 = TStep.Lanes<TLanes, TVector>(s50, q0, x);
            s51 = TStep.Lanes<TLanes, TVector>(s51, q1, x);
            packed += 2 * TLanes.Count;
            r0 += sizeof(float);
            r1 += sizeof(float);
        }

        passing[0] = Passing(s00, rowNorms[0], test, 0) | (Passing(s01, rowNorms[0], test, TLanes.Count) << TLanes.Count);
        passing[1] = Passing(s10, rowNorms[1], test, 0) | (Passing(s11, rowNorms[1], test, TLanes.Count) << TLanes.Count);
        passing[2] = Passing(s20, rowNorms[2], test, 0) | (Passing(s21, rowNorms[2], test, TLanes.Count) << TLanes.Count);
        passing[3] = Passing(s30, rowNorms[3], test, 0) | (Passing(s31, rowNorms[3], test, TLanes.Count) << TLanes.Count);
        passing[4] = Passing(s40, rowNorms[4], test, 0) | (Passing(s41, rowNorms[4], test, TLanes.Count) << TLanes.Count);
        passing[5] = Passing(s50, rowNorms[5], test, 0) | (Passing(s51, rowNorms[5], test, TLanes.Count) << TLanes.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow(float* rows, int length, float* packed, PanelTest test, float* rowNorms, uint* passing)
    {
        var stride = (nint)length * sizeof(float);
        var r0 = (byte*)rows;
        var r1 = r0 + (3 * stride);
        var r2 = r1 + (3 * stride);
        var r3 = r2 + (3 * stride);
        var end = r0 + stride;
        var next = r0 + (12 * stride);
        TVector s0 = TLanes.Create(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0;
        TVector s6 = s0, s7 = s0, s8 = s0, s9 = s0, s10 = s0, s11 = s0;
        while (r0 < end)
        {
            CachePrefetch.Level2(next);
            next += 12 * sizeof(float);
            var q = TLanes.Load(ref *packed, 0);
            s0 = TStep.Lanes<TLanes, TVector>(s0, q, TLanes.Create(*(float*)(r0)));
            s1 = TStep.Lanes<TLanes, TVector>(s1, q, TLanes.Create(*(float*)(r0 + stride)));
            s2 = TStep.Lanes<TLanes, TVector>(s2, q, TLanes.Create(*(float*)(r0 + (2 * stride))));
            s3 = TStep.Lanes<TLanes, TVector>(s3, q, TLanes.Create(*(float*)(r1)));
            s4 = TStep.Lanes<TLanes, TVector>(s4, q, TLanes.Create(*(float*)(r1 + stride)));
            s5 = TStep.Lanes<TLanes, TVector>(s5, q, TLanes.Create(*(float*)(r1 + (2 * stride))));
            s6 = TStep.Lanes<TLanes, TVector>(s6, q, TLanes.Create(*(float*)(r2)));
            s7 = TStep.Lanes<TLanes, TVector>(s7, q, TLanes.Create(*(float*)(r2 + stride)));
            s8 = TStep.Lanes<TLanes, TVector>(s8, q, TLanes.Create(*(float*)(r2 + (2 * stride))));
            s9 = TStep.Lanes<TLanes, TVector>(s9, q, TLanes.Create(*(float*)(r3)));
            s10 = TStep.Lanes<TLanes, TVector>(s10, q, TLanes.Create(*(float*)(r3 + stride)));
            s11 = TStep.Lanes<TLanes, TVector>(s11, q, TLanes.Create(*(float*)(r3 + (2 * stride))));
            packed += TLanes.Count;
            r0 += sizeof(float);
            r1 += sizeof(float);
            r2 += sizeof(float);
            r3 += sizeof(float);
        }

        passing[0] = Passing(s0, rowNorms[0], test, 0);
        passing[1] = Passing(s1, rowNorms[1], test, 0);
        passing[2] = Passing(s2, rowNorms[2], test, 0);
        passing[3] = Passing(s3, rowNorms[3], test, 0);
        passing[4] = Passing(s4, rowNorms[4], test, 0);
        passing[5] = Passing(s5, rowNorms[5], test, 0);
        passing[6] = Passing(s6, rowNorms[6], test, 0);
        passing[7] = Passing(s7, rowNorms[7], test, 0);
        passing[8] = Passing(s8, rowNorms[8], test, 0);
        passing[9] = Passing(s9, rowNorms[9], test, 0);
        passing[10] = Passing(s10, rowNorms[10], test, 0);
        passing[11] = Passing(s11, rowNorms[11], test, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Passing(TVector sums, float aside, PanelTest test, int slot)
    {
        var shifted = TLanes.MultiplyAdd(
            TLanes.Load(ref *test.Factors, (nuint)slot), TLanes.Create(aside), TLanes.Multiply(sums, TLanes.Create(test.Sign)));
        return TLanes.NotLess(shifted, TLanes.Load(ref *test.Thresholds, (nuint)slot));
    }
}
