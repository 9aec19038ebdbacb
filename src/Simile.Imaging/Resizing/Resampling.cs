namespace Simile.Imaging.Resizing;

/// <summary>The two passes of a resize. Weights are integers, so every code path gives the same bytes.</summary>
internal static partial class Resampling
{
    /// <summary>Nearest-neighbor resize. Positions are accumulated as in Pillow, so that rounding is the same.</summary>
    public static Picture Nearest(Picture source, int width, int height, (float Left, float Top, float Right, float Bottom) box)
    {
        var result = Picture.New(width, height, source.Channels);
        var columns = Positions(width, box.Left, box.Right, source.Width);
        var rows = Positions(height, box.Top, box.Bottom, source.Height);
        for (var y = 0; y < height; y++)
        {
            var from = source.Row(rows[y]);
            var to = result.Row(y);
            for (var x = 0; x < width; x++)
            {
                from.Slice(columns[x] * source.Channels, source.Channels).CopyTo(to[(x * source.Channels)..]);
            }
        }

        return result;
    }

    /// <summary>Resizes with a filter.</summary>
    public static Picture Filtered(
        Picture source, int width, int height, ResizeFilter filter, (float Left, float Top, float Right, float Bottom) box, PassOrder order)
    {
        var columns = NeedsPass(source.Width, width, box.Left, box.Right)
            ? ResizeWeights.Compute(source.Width, box.Left, box.Right, width, filter)
            : null;
        var rows = NeedsPass(source.Height, height, box.Top, box.Bottom)
            ? ResizeWeights.Compute(source.Height, box.Top, box.Bottom, height, filter)
            : null;
        if (order == PassOrder.Pillow13 && source.Height - height > Math.Max(0, 2 * (source.Width - width)) && rows is not null)
        {
            var low = Down(source, rows, 0);
            return columns is null ? low : Across(low, columns, 0, low.Height);
        }

        if (columns is null)
        {
            return Down(source, rows!, 0);
        }

        // Only the rows that the second pass needs.
        var (first, end) = rows?.Span ?? (0, source.Height);
        var narrow = Across(source, columns, first, end);
        return rows is null ? narrow : Down(narrow, rows, first);
    }

    private static bool NeedsPass(int size, int target, float low, float high) => size != target || low != 0 || high != target;

    private static int[] Positions(int count, float low, float high, int size)
    {
        var positions = new int[count];
        var step = ((double)high - low) / count;
        var at = low + (step * 0.5);
        for (var i = 0; i < count; i++, at += step)
        {
            positions[i] = Math.Min((int)at, size - 1);
        }

        return positions;
    }

    private static byte Clip(int sum) => (byte)Math.Clamp(sum >> ResizeWeights.Precision, 0, 255);
}
