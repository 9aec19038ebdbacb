using System.Runtime.Intrinsics;

namespace Simile.Imaging.Decoders;

/// <summary>Converts RGBA to RGB.</summary>
internal static class AlphaPixels
{
    /// <summary>Drops alpha, or blends the pixels onto white.</summary>
    public static void Remove(ReadOnlySpan<byte> rgba, Span<byte> rgb, AlphaMode alpha)
    {
        if (alpha == AlphaMode.White)
        {
            LayOnWhite(rgba, rgb);
            return;
        }

        var done = Vector128.IsHardwareAccelerated ? DropFast(rgba, rgb) : 0;
        DropSlowly(rgba[(done * 4)..], rgb[(done * 3)..]);
    }

    /// <summary>The slow twin of dropping alpha.</summary>
    internal static void DropSlowly(ReadOnlySpan<byte> rgba, Span<byte> rgb)
    {
        for (int from = 0, to = 0; to < rgb.Length; from += 4, to += 3)
        {
            rgba.Slice(from, 3).CopyTo(rgb[to..]);
        }
    }

    // Four pixels at a time. Each store writes four bytes too many, which the next store overwrites. Returns the number of converted
    // pixels.
    private static int DropFast(ReadOnlySpan<byte> rgba, Span<byte> rgb)
    {
        var order = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 0, 0, 0, 0);
        var done = 0;
        for (; (done * 3) + 16 <= rgb.Length; done += 4)
        {
            Vector128.Shuffle(Vector128.Create(rgba.Slice(done * 4, 16)), order).CopyTo(rgb[(done * 3)..]);
        }

        return done;
    }

    private static void LayOnWhite(ReadOnlySpan<byte> rgba, Span<byte> rgb)
    {
        for (int from = 0, to = 0; to < rgb.Length; from += 4, to += 3)
        {
            for (var c = 0; c < 3; c++)
            {
                rgb[to + c] = OnWhite(rgba[from + c], rgba[from + 3]);
            }
        }
    }

    // (c · a + 255 · (255 − a)) / 255, rounded to the nearest integer.
    private static byte OnWhite(int color, int opacity) => (byte)(((2 * ((color * opacity) + (255 * (255 - opacity)))) + 255) / 510);
}
