using System.Buffers.Binary;

namespace Simile.Imaging.Decoders;

/// <summary>The headers of BMP files: OS/2 with 12, 16 or 64 bytes, Windows with 40, 52, 56, 108 or 124.</summary>
/// <param name="Width">Number of columns.</param>
/// <param name="Height">Number of rows.</param>
/// <param name="IsTopDown">Whether the first row of the file is the top row.</param>
/// <param name="Bits">Bits per pixel: 1, 2, 4, 8, 16, 24 or 32.</param>
/// <param name="Compression">0 none, 1 runs of 8 bits, 2 runs of 4 bits, 3 masks.</param>
/// <param name="Palette">Offset of the palette.</param>
/// <param name="Colors">Number of colors that the palette should have.</param>
/// <param name="ColorBytes">Bytes per color.</param>
/// <param name="Pixels">Offset of the pixels.</param>
/// <param name="Masks">The bit masks of red, green, blue and alpha.</param>
internal sealed record BmpHeader(
    long Width, long Height, bool IsTopDown, int Bits, int Compression, int Palette, int Colors, int ColorBytes, long Pixels, uint[] Masks)
{
    private const int FileHeader = 14;
    private const int Core = 12;
    private const int Info = 40;
    private const int MaskedInfo = 52;
    private const int AlphaInfo = 56;
    private const int Os2 = 64;

    private static readonly int[] Sizes = [Core, 16, Info, MaskedInfo, AlphaInfo, Os2, 108, 124];

    /// <summary>Reads the headers.</summary>
    /// <exception cref="InvalidDataException">The headers are cut off or of an unsupported kind.</exception>
    public static BmpHeader Read(ReadOnlySpan<byte> file, string name)
    {
        var size = file.Length < FileHeader + 4 ? 0 : BinaryPrimitives.ReadInt32LittleEndian(file[FileHeader..]);
        if (Array.IndexOf(Sizes, size) < 0 || file.Length < FileHeader + size)
        {
            throw new InvalidDataException($"{name} is a damaged Bmp file: its header is cut off or of an unknown kind.");
        }

        var info = file.Slice(FileHeader, size);
        return size == Core ? ReadCore(file, info, name) : ReadInfo(file, info, name);
    }

    private static BmpHeader ReadCore(ReadOnlySpan<byte> file, ReadOnlySpan<byte> info, string name) =>
        new BmpHeader(U16(info, 4), U16(info, 6), IsTopDown: false, U16(info, 10), 0, FileHeader + Core, 0, 3, U32(file, 10), [])
            .Checked(name);

    private static BmpHeader ReadInfo(ReadOnlySpan<byte> file, ReadOnlySpan<byte> info, string name)
    {
        var (height, compression, end) = ((int)U32(info, 8), info.Length >= 20 ? (int)U32(info, 16) : 0, FileHeader + info.Length);
        var colors = info.Length >= 36 ? (int)Math.Min(U32(info, 32), 256) : 0;
        if (info.Length == Os2 && compression > 2)
        {
            compression = -1; // Huffman codes and runs of 24 bits
        }

        uint[] masks = [];
        if (compression == 3 && info.Length >= MaskedInfo)
        {
            masks = [U32(info, 40), U32(info, 44), U32(info, 48), info.Length >= AlphaInfo ? U32(info, 52) : 0];
        }
        else if (compression == 3)
        {
            masks = file.Length >= end + 12
                ? [U32(file, end), U32(file, end + 4), U32(file, end + 8), 0]
                : throw new InvalidDataException($"{name} is a damaged Bmp file: it is cut off.");
            end += 12;
        }

        return new BmpHeader(
            U32(info, 4), Math.Abs((long)height), height < 0, U16(info, 14), compression, end, colors, 4, U32(file, 10), masks)
            .Checked(name);
    }

    // The number of colors and the offset of the pixels are often left 0.
    private BmpHeader Checked(string name)
    {
        var isRead = (Bits, Compression) is (1 or 2 or 4 or 8 or 16 or 24 or 32, 0) or (8, 1) or (4, 2) or (16 or 32, 3);
        if (!isRead)
        {
            throw new InvalidDataException(
                $"{name} is an unsupported Bmp file ({Bits} bits a pixel, compression {Compression}): save it as PNG.");
        }

        Picture.CheckSize(Width, Height, name);
        var colors = Bits > 8 ? 0 : Colors is 0 || Colors > 1 << Bits ? 1 << Bits : Colors;
        var least = Palette + ((long)colors * ColorBytes);
        return this with { Colors = colors, Pixels = Pixels == 0 || Pixels == Palette ? least : Pixels };
    }

    private static int U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
