namespace Simile.Imaging.Resizing;

/// <summary>Pillow's <c>Image.reduce</c>: the mean of blocks of whole pixels.</summary>
internal static class Reduction
{
    /// <summary>
    /// Averages blocks of <paramref name="factorX"/> × <paramref name="factorY"/> pixels of the given part. Blocks at the right and bottom
    /// edges may be smaller.
    /// </summary>
    public static Picture Mean(Picture source, int factorX, int factorY, int left, int top, int right, int bottom)
    {
        var result = Picture.New((right - left + factorX - 1) / factorX, (bottom - top + factorY - 1) / factorY, source.Channels);
        for (var y = 0; y < result.Height; y++)
        {
            var y0 = top + (y * factorY);
            var y1 = Math.Min(y0 + factorY, bottom);
            for (var x = 0; x < result.Width; x++)
            {
                var x0 = left + (x * factorX);
                var x1 = Math.Min(x0 + factorX, right);
                for (var c = 0; c < source.Channels; c++)
                {
                    result.Pixels[(y * result.Stride) + (x * result.Channels) + c] = BlockMean(source, c, x0, x1, y0, y1);
                }
            }
        }

        return result;
    }

    private static byte BlockMean(Picture source, int channel, int x0, int x1, int y0, int y1)
    {
        var count = (uint)((x1 - x0) * (y1 - y0));
        var sum = count / 2;
        for (var y = y0; y < y1; y++)
        {
            var row = source.Row(y);
            for (var x = x0; x < x1; x++)
            {
                sum += row[(x * source.Channels) + channel];
            }
        }

        // 2^24 / count in float32, as in Pillow.
        var multiplier = (uint)(4294967296f / (256f * count));
        return (byte)((sum * multiplier) >> 24);
    }
}
