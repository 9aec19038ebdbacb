namespace Simile.Imaging.Decoders;

/// <summary>
/// How the samples of a TIFF file lie in it: in blocks (strips of whole rows, or tiles), each compressed by itself, plane by plane or not.
/// </summary>
internal readonly record struct TiffLayout
{
    public const int Plain = 1;
    public const int Lzw = 5;
    public const int Deflate = 8;
    public const int OldDeflate = 32946;
    public const int PackBits = 32773;
    private const int Float = 3;
    private const int LargestTile = 1 << 14;

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>Samples of a pixel, alpha counted.</summary>
    public required int Samples { get; init; }

    /// <summary>Bits of each sample.</summary>
    public required int Bits { get; init; }

    /// <summary>1 for unsigned integers, 2 for signed ones, 3 for floats.</summary>
    public required int Format { get; init; }

    /// <summary>0 for grays where 0 is white, 1 where it is black, 2 for colors, 3 for a palette.</summary>
    public required int Photometric { get; init; }

    public required int Compression { get; init; }

    /// <summary>2 for differences, 3 for differences of the bytes of floats, else 1.</summary>
    public required int Predictor { get; init; }

    /// <summary>Whether each sample has a plane of blocks of its own.</summary>
    public required bool IsPlanar { get; init; }

    public required long BlockWidth { get; init; }

    public required long BlockHeight { get; init; }

    public int BlockSamples => IsPlanar ? 1 : Samples;

    /// <summary>Bytes of a row of a block.</summary>
    public long BlockStride => ((BlockWidth * BlockSamples * Bits) + 7) / 8;

    /// <summary>Bytes of a sample; a byte where several samples share one.</summary>
    public int SampleBytes => Math.Max(Bits / 8, 1);

    public bool IsFloat => Format == Float;

    /// <summary>Whether files of this kind are read: as Pillow reads them, without JPEG, fax codes, CMYK, YCbCr and Lab.</summary>
    public bool IsRead =>
        Compression is Plain or Lzw or Deflate or OldDeflate or PackBits
        && Samples is >= 1 and <= 4 && Photometric is >= 0 and <= 3 && (Photometric == 2 ? Samples >= 3 : Samples <= 2)
        && HasSamplesThatAreRead && HasPredictorThatIsRead
        && BlockWidth >= 1 && BlockHeight >= 1
        && (BlockWidth == Width || (BlockWidth <= LargestTile && BlockHeight <= LargestTile && BlockWidth * BlockSamples * Bits % 8 == 0));

    private bool HasSamplesThatAreRead => (Bits, Format) switch
    {
        (1 or 2 or 4, 1) => Samples == 1,
        (8, 1) => true,
        (16, 1) => Photometric != 3,
        (16 or 32, 1 or 2) => Samples == 1 && Photometric <= 1,
        (32 or 64, Float) => Samples == 1 && Photometric <= 1,
        _ => false,
    };

    private bool HasPredictorThatIsRead => Predictor switch
    {
        1 => true,
        2 => Bits is 8 or 16 or 32 && !IsFloat,
        3 => IsFloat,
        _ => false,
    };
}
