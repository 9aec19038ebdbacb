using System.Runtime.CompilerServices;
using Simile.Numerics.Kernels;

namespace Simile.Analysis;

/// <summary>Dot products of a few points with packed centroids. Lanes are centroids, so no horizontal sums are needed.</summary>
/// <remarks>
/// A sum adds components in their order for every vector width, so that all widths with multiply-add give the same bits. Twelve sums are
/// computed at a time (6 points × 2 vectors), or eight (8 × 1): enough to hide the latency of two multiply-adds per cycle. Meanwhile, as
/// many of the following points are prefetched. The sums are named locals, because an array would not be kept in registers.
/// </remarks>
internal static unsafe class CentroidTile<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    public const int WideRows = 6;
    public const int NarrowRows = 8;

    /// <summary>products[i][0 to 2 lanes] for 6 points. Component j of the centroids starts at packed[j · 2 lanes].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Wide(float** points, int length, float* packed, float** products)
    {
        float* p0 = points[0], p1 = points[1], p2 = points[2], p3 = points[3], p4 = points[4], p5 = points[5];
        var next = (byte*)(p0 + (WideRows * (nint)length));
        TVector s00 = TLanes.Create(0), s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00;
        TVector s30 = s00, s31 = s00, s40 = s00, s41 = s00, s50 = s00, s51 = s00;
        for (nint j = 0; j < length; j++)
        {
            CachePrefetch.Level2(next);
            next += WideRows * sizeof(float);
            var c0 = TLanes.Load(ref *packed, 0);
            var c1 = TLanes.Load(ref *packed, (nuint)TLanes.Count);
            packed += 2 * TLanes.Count;
            var x = TLanes.Create(p0[j]);
            s00 = TLanes.MultiplyAdd(c0, x, s00);
            s01 = TLanes.MultiplyAdd(c1, x, s01);
            x = TLanes.Create(p1[j]);
            s10 = TLanes.MultiplyAdd(c0, x, s10);
            s11 = TLanes.MultiplyAdd(c1, x, s11);
            x = TLanes.Create(p2[j]);
            s20 = TLanes.MultiplyAdd(c0, x, s20);
            s21 = TLanes.MultiplyAdd(c1, x, s21);
            x = TLanes.Create(p3[j]);
            s30 = TLanes.MultiplyAdd(c0, x, s30);
            s31 = TLanes.MultiplyAdd(c1, x, s31);
            x = TLanes.Create(p4[j]);
            s40 = TLanes.MultiplyAdd(c0, x, s40);
            s41 = TLanes.MultiplyAdd(c1, x, s41);
            x = TLanes.Create(p5[j]);
            s50 = TLanes.MultiplyAdd(c0, x, s50);
            s51 = TLanes.MultiplyAdd(c1, x, s51);
        }

        Store(s00, s01, products[0]);
        Store(s10, s11, products[1]);
        Store(s20, s21, products[2]);
        Store(s30, s31, products[3]);
        Store(s40, s41, products[4]);
        Store(s50, s51, products[5]);
    }

    /// <summary>products[i][0 to lanes] for 8 points. Component j of the centroids starts at packed[j · lanes].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Narrow(float** points, int length, float* packed, float** products)
    {
        float* p0 = points[0], p1 = points[1], p2 = points[2], p3 = points[3],
            p4 = points[4], p5 = points[5], p6 = points[6], p7 = points[7];
        var next = (byte*)(p0 + (NarrowRows * (nint)length));
        TVector s0 = TLanes.Create(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
        for (nint j = 0; j < length; j++)
        {
            CachePrefetch.Level2(next);
            next += NarrowRows * sizeof(float);
            var c = TLanes.Load(ref *packed, 0);
            packed += TLanes.Count;
            s0 = TLanes.MultiplyAdd(c, TLanes.Create(p0[j]), s0);
            s1 = TLanes.MultiplyAdd(c, TLanes.Create(p1[j]), s1);
            s2 = TLanes.MultiplyAdd(c, TLanes.Create(p2[j]), s2);
            s3 = TLanes.MultiplyAdd(c, TLanes.Create(p3[j]), s3);
            s4 = TLanes.MultiplyAdd(c, TLanes.Create(p4[j]), s4);
            s5 = TLanes.MultiplyAdd(c, TLanes.Create(p5[j]), s5);
            s6 = TLanes.MultiplyAdd(c, TLanes.Create(p6[j]), s6);
            s7 = TLanes.MultiplyAdd(c, TLanes.Create(p7[j]), s7);
        }

        TLanes.Store(s0, ref *products[0], 0);
        TLanes.Store(s1, ref *products[1], 0);
        TLanes.Store(s2, ref *products[2], 0);
        TLanes.Store(s3, ref *products[3], 0);
        TLanes.Store(s4, ref *products[4], 0);
        TLanes.Store(s5, ref *products[5], 0);
        TLanes.Store(s6, ref *products[6], 0);
        TLanes.Store(s7, ref *products[7], 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TVector first, TVector second, float* products)
    {
        TLanes.Store(first, ref *products, 0);
        TLanes.Store(second, ref *products, (nuint)TLanes.Count);
    }
}
