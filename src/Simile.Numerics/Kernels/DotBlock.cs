using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Simile.Numerics.Kernels;

/// <summary>The dot products of up to four rows of one matrix with a panel of rows of another.</summary>
internal static class DotBlock
{
    /// <summary>Rows of A taken at once.</summary>
    public const int Rows = 4;

    /// <summary>Rows of B taken at once: 4 × 3 sums, 3 rows and 1 more fill the sixteen registers of AVX2.</summary>
    public const int Columns = 3;

    /// <summary>result[row + i][from + j] = a[row + i] · b[from + j].</summary>
    public static void Multiply(VectorMatrix a, int row, int rows, VectorMatrix b, int from, int count, VectorMatrix result, KernelPath path)
    {
        var done = rows < Rows ? 0 : path switch
        {
            KernelPath.Vector512 => Whole<Lanes512, Vector512<float>>(a, row, b, from, count, result),
            KernelPath.Vector256 => Whole<Lanes256, Vector256<float>>(a, row, b, from, count, result),
            KernelPath.Vector128 => Whole<Lanes128, Vector128<float>>(a, row, b, from, count, result),
            _ => 0,
        };
        for (var i = 0; i < rows; i++)
        {
            for (var j = done; j < count; j++)
            {
                result[row + i][from + j] = Pairwise<Dot>.One(a[row + i], b[from + j], path);
            }
        }
    }

    // Returns how many rows of B are done: a multiple of three.
    private static int Whole<TLanes, TVector>(VectorMatrix a, int row, VectorMatrix b, int from, int count, VectorMatrix result)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var j = 0;
        for (; j <= count - Columns; j += Columns)
        {
            Block<TLanes, TVector>(a, row, b, from + j, result);
        }

        return j;
    }

    private static void Block<TLanes, TVector>(VectorMatrix a, int row, VectorMatrix b, int column, VectorMatrix result)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var length = a.Dimensions;
        ref var a0 = ref MemoryMarshal.GetReference(a[row]);
        ref var a1 = ref Unsafe.Add(ref a0, length);
        ref var a2 = ref Unsafe.Add(ref a1, length);
        ref var a3 = ref Unsafe.Add(ref a2, length);
        ref var b0 = ref MemoryMarshal.GetReference(b[column]);
        ref var b1 = ref Unsafe.Add(ref b0, length);
        ref var b2 = ref Unsafe.Add(ref b1, length);
        TVector s00 = TLanes.Create(0), s01 = s00, s02 = s00, s10 = s00, s11 = s00, s12 = s00;
        TVector s20 = s00, s21 = s00, s22 = s00, s30 = s00, s31 = s00, s32 = s00;
        var k = 0;
        for (; k <= length - TLanes.Count; k += TLanes.Count)
        {
            var at = (nuint)k;
            var (y0, y1, y2) = (TLanes.Load(ref b0, at), TLanes.Load(ref b1, at), TLanes.Load(ref b2, at));
            var x = TLanes.Load(ref a0, at);
            s00 = TLanes.MultiplyAdd(x, y0, s00);
            s01 = TLanes.MultiplyAdd(x, y1, s01);
            s02 = TLanes.MultiplyAdd(x, y2, s02);
            x = TLanes.Load(ref a1, at);
            s10 = TLanes.MultiplyAdd(x, y0, s10);
            s11 = TLanes.MultiplyAdd(x, y1, s11);
            s12 = TLanes.MultiplyAdd(x, y2, s12);
            x = TLanes.Load(ref a2, at);
            s20 = TLanes.MultiplyAdd(x, y0, s20);
            s21 = TLanes.MultiplyAdd(x, y1, s21);
            s22 = TLanes.MultiplyAdd(x, y2, s22);
            x = TLanes.Load(ref a3, at);
            s30 = TLanes.MultiplyAdd(x, y0, s30);
            s31 = TLanes.MultiplyAdd(x, y1, s31);
            s32 = TLanes.MultiplyAdd(x, y2, s32);
        }

        ReadOnlySpan<float> sums =
        [
            TLanes.Sum(s00), TLanes.Sum(s01), TLanes.Sum(s02), TLanes.Sum(s10), TLanes.Sum(s11), TLanes.Sum(s12),
            TLanes.Sum(s20), TLanes.Sum(s21), TLanes.Sum(s22), TLanes.Sum(s30), TLanes.Sum(s31), TLanes.Sum(s32),
        ];
        for (var i = 0; i < Rows; i++)
        {
            for (var j = 0; j < Columns; j++)
            {
                var rest = Pairwise<Dot>.One(a[row + i][k..], b[column + j][k..], KernelPath.Scalar);
                result[row + i][column + j] = sums[(i * Columns) + j] + rest;
            }
        }
    }
}
