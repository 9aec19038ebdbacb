using System.Numerics;

namespace Simile.Imaging.Resizing;

/// <summary>torchvision's resize of a tensor with antialiasing: float32 throughout, rounded to bytes once, half to even.</summary>
internal static class FloatResize
{
    /// <summary>Resizes a picture.</summary>
    /// <exception cref="NotSupportedException">The filter is not Bilinear, Bicubic or Nearest: torch has no other.</exception>
    public static Picture Run(Picture source, int width, int height, ResizeFilter filter)
    {
        if (filter == ResizeFilter.Nearest)
        {
            return source.Resize(width, height, new ResizeOptions { Filter = filter });
        }

        if (filter is not (ResizeFilter.Bilinear or ResizeFilter.Bicubic))
        {
            throw new NotSupportedException($"torchvision has no filter {filter}: use Bilinear or Bicubic, or the Pillow backend.");
        }

        var columns = ResizeWeights.Compute(source.Width, 0, source.Width, width, filter);
        var rows = ResizeWeights.Compute(source.Height, 0, source.Height, height, filter);
        return Down(Across(source, columns), width * source.Channels, rows, width, source.Channels);
    }

    private static float[] Across(Picture source, ResizeWeights weights)
    {
        var (width, channels) = (weights.Starts.Length, source.Channels);
        var result = new float[source.Height * width * channels];
        var window = Array.ConvertAll(weights.Values, w => (float)w);
        for (var y = 0; y < source.Height; y++)
        {
            var row = source.Row(y);
            var target = result.AsSpan(y * width * channels, width * channels);
            for (var i = 0; i < target.Length; i++)
            {
                var (x, c) = (i / channels, i % channels);
                var sum = 0f;
                for (var j = 0; j < weights.Lengths[x]; j++)
                {
                    sum += row[((weights.Starts[x] + j) * channels) + c] * window[(x * weights.Stride) + j];
                }

                target[i] = sum;
            }
        }

        return result;
    }

    private static Picture Down(float[] source, int stride, ResizeWeights weights, int width, int channels)
    {
        var result = Picture.New(width, weights.Starts.Length, channels);
        var sums = new float[stride];
        for (var y = 0; y < result.Height; y++)
        {
            Array.Clear(sums);
            for (var j = 0; j < weights.Lengths[y]; j++)
            {
                AddScaled(source.AsSpan((weights.Starts[y] + j) * stride, stride), (float)weights.Values[(y * weights.Stride) + j], sums);
            }

            var target = result.Row(y);
            for (var i = 0; i < stride; i++)
            {
                target[i] = (byte)Math.Clamp(MathF.Round(sums[i], MidpointRounding.ToEven), 0, 255);
            }
        }

        return result;
    }

    // Each product and sum is rounded separately, as in torch.
    private static void AddScaled(ReadOnlySpan<float> row, float weight, Span<float> sums)
    {
        var i = 0;
        for (; i <= row.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            ((new Vector<float>(row[i..]) * weight) + new Vector<float>(sums[i..])).CopyTo(sums[i..]);
        }

        for (; i < row.Length; i++)
        {
            sums[i] += row[i] * weight;
        }
    }
}
