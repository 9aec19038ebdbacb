using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Simile.Imaging.Resizing;

/// <content>The vertical pass, 32 bytes at a time. It does not depend on channels and columns.</content>
internal static partial class Resampling
{
    private const int Block = 4 * Lanes;

    /// <summary>Changes the height of every column. The first source row has the index <paramref name="first"/> in the weights.</summary>
    internal static Picture Down(Picture source, ResizeWeights weights, int first)
    {
        if (!Vector128.IsHardwareAccelerated)
        {
            return DownSlowly(source, weights, first);
        }

        var result = Picture.New(source.Width, weights.Starts.Length, source.Channels);
        var fixedWeights = weights.ToFixed();
        for (var y = 0; y < result.Height; y++)
        {
            var start = weights.Starts[y] - first;
            var window = fixedWeights.AsSpan(y * weights.Stride, weights.Lengths[y]);
            var target = result.Row(y);
            ref var rows = ref source.Pixels[start * source.Stride];
            var i = 0;
            for (; i + Block <= target.Length; i += Block)
            {
                DownBlock(ref Unsafe.Add(ref rows, i), source.Stride, window, ref target[i]);
            }

            DownRow(source, target, start, window, i);
        }

        return result;
    }

    private static void DownBlock(ref byte at, int stride, ReadOnlySpan<int> window, ref byte target)
    {
        var a = Vector256.Create(1 << (ResizeWeights.Precision - 1));
        var (b, c, d) = (a, a, a);
        foreach (var weight in window)
        {
            var factor = Vector256.Create(weight);
            a += Eight(ref at) * factor;
            b += Eight(ref Unsafe.Add(ref at, Lanes)) * factor;
            c += Eight(ref Unsafe.Add(ref at, 2 * Lanes)) * factor;
            d += Eight(ref Unsafe.Add(ref at, 3 * Lanes)) * factor;
            at = ref Unsafe.Add(ref at, stride);
        }

        Vector256.Narrow(Vector256.Narrow(Clip(a), Clip(b)), Vector256.Narrow(Clip(c), Clip(d))).StoreUnsafe(ref target);
    }

    private static Vector256<uint> Clip(Vector256<int> sums) =>
        Vector256.Min(Vector256.Max(sums >> ResizeWeights.Precision, Vector256<int>.Zero), Vector256.Create(255)).AsUInt32();
}
