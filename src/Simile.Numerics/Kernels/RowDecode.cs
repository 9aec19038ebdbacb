using System.Runtime.Intrinsics;

namespace Simile.Numerics.Kernels;

/// <summary>Decodes a stored row to the same floats that <see cref="RowScan{TStep, TFormat}"/> computes with, bit for bit.</summary>
internal static unsafe class RowDecode<TFormat>
    where TFormat : struct, IRowFormat
{
    /// <summary>Writes <paramref name="length"/> components.</summary>
    public static void Run(byte* row, float* scale, int length, float* target, KernelPath path)
    {
        if (path >= KernelPath.Vector512 && length >= Lanes512.Count)
        {
            Run<Lanes512, Vector512<float>>(row, scale, length, target);
        }
        else if (path >= KernelPath.Vector256 && length >= Lanes256.Count)
        {
            Run<Lanes256, Vector256<float>>(row, scale, length, target);
        }
        else if (path >= KernelPath.Vector128 && length >= Lanes128.Count)
        {
            Run<Lanes128, Vector128<float>>(row, scale, length, target);
        }
        else
        {
            for (var i = 0; i < length; i++)
            {
                var x = TFormat.Load(row, (nuint)i);
                target[i] = TFormat.Scaled ? scale[0] + (scale[1] * x) : x;
            }
        }
    }

    // The last vector overlaps the previous one; both write the same numbers.
    private static void Run<TLanes, TVector>(byte* row, float* scale, int length, float* target)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        for (var i = 0; i < length; i += TLanes.Count)
        {
            var at = (nuint)Math.Min(i, length - TLanes.Count);
            var x = TFormat.Load<TLanes, TVector>(row, at);
            TLanes.Store(TFormat.Scaled ? TLanes.MultiplyAdd(x, TLanes.Create(scale[1]), TLanes.Create(scale[0])) : x, ref *target, at);
        }
    }
}
