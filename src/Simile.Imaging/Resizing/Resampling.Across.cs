using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Simile.Imaging.Resizing;

/// <content>The horizontal pass, eight bytes at a time.</content>
internal static partial class Resampling
{
    private const int Lanes = 8;

    /// <summary>Changes the width of rows first to end − 1 of the source.</summary>
    /// <remarks>
    /// The bytes of a window are loaded in memory order, whatever their channel, and multiplied by weights that are repeated for each
    /// channel. Three vectors of eight lanes hold whole pixels of three channels. The lanes are assigned to channels once, after the
    /// window.
    /// </remarks>
    internal static Picture Across(Picture source, ResizeWeights weights, int first, int end)
    {
        if (!Vector128.IsHardwareAccelerated)
        {
            return AcrossSlowly(source, weights, first, end);
        }

        var result = Picture.New(weights.Starts.Length, end - first, source.Channels);
        var fixedWeights = weights.ToFixed();
        var repeated = Repeat(weights, fixedWeights, source.Channels, out var stride);
        for (var y = 0; y < result.Height; y++)
        {
            // For the last windows of the last rows, a full vector would read beyond the picture.
            var rest = source.Pixels[((first + y) * source.Stride)..];
            var safe = 0;
            while (safe < result.Width && (weights.Starts[safe] * source.Channels) + stride <= rest.Length)
            {
                safe++;
            }

            AcrossRowFast(rest, result.Row(y), source.Channels, weights.Starts, repeated, stride, safe);
            AcrossRow(source.Row(first + y), result.Row(y), source.Channels, weights, fixedWeights, safe);
        }

        return result;
    }

    // Each weight of a window is stored once per channel and padded with zeros to whole vectors; for three channels, to three of them.
    private static int[] Repeat(ResizeWeights weights, int[] fixedWeights, int channels, out int stride)
    {
        var unit = channels == 3 ? 3 * Lanes : Lanes;
        stride = ((weights.Lengths.Max() * channels) + unit - 1) / unit * unit;
        var repeated = new int[checked(stride * weights.Starts.Length)];
        for (var i = 0; i < weights.Starts.Length; i++)
        {
            for (var j = 0; j < weights.Lengths[i] * channels; j++)
            {
                repeated[(i * stride) + j] = fixedWeights[(i * weights.Stride) + (j / channels)];
            }
        }

        return repeated;
    }

    private static void AcrossRowFast(
        ReadOnlySpan<byte> source, Span<byte> target, int channels, int[] starts, int[] repeated, int stride, int count)
    {
        ref var pixels = ref MemoryMarshal.GetReference(source);
        ref var window = ref MemoryMarshal.GetArrayDataReference(repeated);
        for (var x = 0; x < count; x++, window = ref Unsafe.Add(ref window, stride))
        {
            ref var at = ref Unsafe.Add(ref pixels, starts[x] * channels);
            var pixel = target.Slice(x * channels, channels);
            if (channels == 3)
            {
                SumThree(ref at, ref window, stride, pixel);
            }
            else
            {
                Sum(ref at, ref window, stride, pixel);
            }
        }
    }

    private static void SumThree(ref byte at, ref int window, int length, Span<byte> pixel)
    {
        var (a, b, c) = (Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero);
        for (var i = 0; i < length; i += 3 * Lanes)
        {
            a += Eight(ref Unsafe.Add(ref at, i)) * Vector256.LoadUnsafe(ref window, (nuint)i);
            b += Eight(ref Unsafe.Add(ref at, i + Lanes)) * Vector256.LoadUnsafe(ref window, (nuint)(i + Lanes));
            c += Eight(ref Unsafe.Add(ref at, i + (2 * Lanes))) * Vector256.LoadUnsafe(ref window, (nuint)(i + (2 * Lanes)));
        }

        // Lane i of a has channel i mod 3, of b (i + 2) mod 3, of c (i + 1) mod 3.
        var zero = Vector256<int>.Zero;
        var mod0 = Vector256.Create(-1, 0, 0, -1, 0, 0, -1, 0);
        var mod1 = Vector256.Create(0, -1, 0, 0, -1, 0, 0, -1);
        var mod2 = Vector256.Create(0, 0, -1, 0, 0, -1, 0, 0);
        const int Half = 1 << (ResizeWeights.Precision - 1);
        pixel[2] = Clip(Half + Vector256.Sum(Vector256.ConditionalSelect(mod2, a, zero)
            + Vector256.ConditionalSelect(mod0, b, zero) + Vector256.ConditionalSelect(mod1, c, zero)));
        pixel[1] = Clip(Half + Vector256.Sum(Vector256.ConditionalSelect(mod1, a, zero)
            + Vector256.ConditionalSelect(mod2, b, zero) + Vector256.ConditionalSelect(mod0, c, zero)));
        pixel[0] = Clip(Half + Vector256.Sum(Vector256.ConditionalSelect(mod0, a, zero)
            + Vector256.ConditionalSelect(mod1, b, zero) + Vector256.ConditionalSelect(mod2, c, zero)));
    }

    private static void Sum(ref byte at, ref int window, int length, Span<byte> pixel)
    {
        var sums = Vector256<int>.Zero;
        for (var i = 0; i < length; i += Lanes)
        {
            sums += Eight(ref Unsafe.Add(ref at, i)) * Vector256.LoadUnsafe(ref window, (nuint)i);
        }

        for (var c = 0; c < pixel.Length; c++)
        {
            var sum = 1 << (ResizeWeights.Precision - 1);
            for (var i = c; i < Lanes; i += pixel.Length)
            {
                sum += sums[i];
            }

            pixel[c] = Clip(sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<int> Eight(ref byte at)
    {
        var bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref at)).AsByte();
        return Avx2.IsSupported
            ? Avx2.ConvertToVector256Int32(bytes)
            : Vector256.WidenLower(Vector128.WidenLower(bytes).ToVector256Unsafe()).AsInt32();
    }
}
