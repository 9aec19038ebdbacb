namespace Simile.Imaging.Resizing;

/// <content>The slow twins of both passes.</content>
internal static partial class Resampling
{
    /// <summary>Changes the width of rows first to end − 1 of the source.</summary>
    internal static Picture AcrossSlowly(Picture source, ResizeWeights weights, int first, int end)
    {
        var result = Picture.New(weights.Starts.Length, end - first, source.Channels);
        var fixedWeights = weights.ToFixed();
        for (var y = 0; y < result.Height; y++)
        {
            AcrossRow(source.Row(first + y), result.Row(y), source.Channels, weights, fixedWeights, 0);
        }

        return result;
    }

    /// <summary>Changes the height of every column. The first source row has the index <paramref name="first"/> in the weights.</summary>
    internal static Picture DownSlowly(Picture source, ResizeWeights weights, int first)
    {
        var result = Picture.New(source.Width, weights.Starts.Length, source.Channels);
        var fixedWeights = weights.ToFixed();
        for (var y = 0; y < result.Height; y++)
        {
            DownRow(source, result.Row(y), weights.Starts[y] - first, fixedWeights.AsSpan(y * weights.Stride, weights.Lengths[y]), 0);
        }

        return result;
    }

    private static void AcrossRow(
        ReadOnlySpan<byte> source, Span<byte> target, int channels, ResizeWeights weights, int[] fixedWeights, int from)
    {
        for (var x = from; x < weights.Starts.Length; x++)
        {
            var window = fixedWeights.AsSpan(x * weights.Stride, weights.Lengths[x]);
            for (var c = 0; c < channels; c++)
            {
                var sum = 1 << (ResizeWeights.Precision - 1);
                for (var j = 0; j < window.Length; j++)
                {
                    sum += source[((weights.Starts[x] + j) * channels) + c] * window[j];
                }

                target[(x * channels) + c] = Clip(sum);
            }
        }
    }

    private static void DownRow(Picture source, Span<byte> target, int start, ReadOnlySpan<int> window, int from)
    {
        for (var i = from; i < target.Length; i++)
        {
            var sum = 1 << (ResizeWeights.Precision - 1);
            for (var j = 0; j < window.Length; j++)
            {
                sum += source.Pixels[((start + j) * source.Stride) + i] * window[j];
            }

            target[i] = Clip(sum);
        }
    }
}
