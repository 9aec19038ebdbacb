namespace Simile.Imaging;

/// <summary>A picture in memory: bytes, row-major, the channels of a pixel beside each other.</summary>
/// <remarks>
/// Channel c of the pixel in row y and column x is <c>Pixels[(y * Width + x) * Channels + c]</c>: grey for 1 channel, grey and alpha
/// for 2, red, green, blue for 3, and alpha behind them for 4. Alpha 255 is opaque, and colours are not multiplied by it.
/// Not thread-safe while written to; safe for concurrent readers.
/// </remarks>
public sealed partial class Picture
{
    /// <summary>Pictures of more pixels are refused, as Pillow refuses them: 178,956,970, which are 537 MB in colour.</summary>
    public const int LargestPixelCount = 2 * 89_478_485;

    private readonly byte[] _pixels;

    /// <summary>A picture of given pixels, which are not copied.</summary>
    /// <exception cref="ArgumentException">A size is not at least 1, there are not 1 to 4 channels, or the pixels are not width × height × channels bytes.</exception>
    public Picture(int width, int height, int channels, byte[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channels, 4);
        if (pixels.Length != (long)width * height * channels)
        {
            throw new ArgumentException($"A picture of {width} x {height} pixels with {channels} channels has {(long)width * height * channels} bytes, not {pixels.Length}.", nameof(pixels));
        }

        (Width, Height, Channels, _pixels) = (width, height, channels, pixels);
    }

    /// <summary>Columns, at least 1.</summary>
    public int Width { get; }

    /// <summary>Rows, at least 1.</summary>
    public int Height { get; }

    /// <summary>Bytes of a pixel: 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA.</summary>
    public int Channels { get; }

    /// <summary>The bytes, Height × Width × Channels.</summary>
    public Span<byte> Pixels => _pixels;

    /// <summary>Bytes of a row.</summary>
    internal int Stride => Width * Channels;

    internal static Picture New(int width, int height, int channels) => new(width, height, channels, GC.AllocateUninitializedArray<byte>(checked(width * height * channels)));

    internal Span<byte> Row(int y) => _pixels.AsSpan(y * Stride, Stride);
}
