namespace Simile.Imaging;

/// <summary>A picture in memory: bytes, row-major, interleaved channels.</summary>
/// <remarks>
/// Channel c of the pixel in row y and column x is <c>Pixels[(y * Width + x) * Channels + c]</c>: gray for 1 channel, gray and alpha for 2,
/// RGB for 3, RGBA for 4. Alpha 255 is opaque. Colors are not premultiplied. Safe for concurrent readers. A writer needs exclusive access.
/// </remarks>
public sealed partial class Picture
{
    /// <summary>The largest supported number of pixels, which is also Pillow's limit: 178,956,970 (537 MB as RGB).</summary>
    public const int LargestPixelCount = 2 * 89_478_485;

    private readonly byte[] _pixels;

    /// <summary>Wraps pixels as a picture, without a copy.</summary>
    /// <exception cref="ArgumentException">
    /// A size is below 1, the number of channels is not 1 to 4, or the length of the pixels is not width × height × channels.
    /// </exception>
    public Picture(int width, int height, int channels, byte[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channels, 4);
        if (pixels.Length != (long)width * height * channels)
        {
            throw new ArgumentException(
                $"A picture of {width} x {height} pixels with {channels} channels has {(long)width * height * channels} bytes, "
                + $"not {pixels.Length}.",
                nameof(pixels));
        }

        (Width, Height, Channels, _pixels) = (width, height, channels, pixels);
    }

    /// <summary>Number of columns, at least 1.</summary>
    public int Width { get; }

    /// <summary>Number of rows, at least 1.</summary>
    public int Height { get; }

    /// <summary>Bytes per pixel: 1 gray, 2 gray and alpha, 3 RGB, 4 RGBA.</summary>
    public int Channels { get; }

    /// <summary>The pixels, Height × Width × Channels bytes.</summary>
    public Span<byte> Pixels => _pixels;

    /// <summary>Bytes per row.</summary>
    internal int Stride => Width * Channels;

    internal static Picture New(int width, int height, int channels) =>
        new(width, height, channels, GC.AllocateUninitializedArray<byte>(checked(width * height * channels)));

    internal Span<byte> Row(int y) => _pixels.AsSpan(y * Stride, Stride);
}
