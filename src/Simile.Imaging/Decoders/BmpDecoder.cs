using System.Buffers.Binary;
using System.Numerics;

namespace Simile.Imaging.Decoders;

/// <summary>
/// BMP files of Windows and OS/2, with Pillow's results: 5 and 6 bits of a color become 8 without rounding, and a palette that is too short
/// continues into the pixel data.
/// </summary>
internal static class BmpDecoder
{
    // A run of 255 pixels takes two bytes. Skips may leave pixels out, but a few bytes must not allocate gigabytes.
    private const int MostPixelsOfAByte = 128;
    private const int SmallPicture = 1 << 22;

    private static readonly uint[] FiveBits = [0x7C00, 0x3E0, 0x1F, 0];
    private static readonly uint[] EightBits = [0xFF0000, 0xFF00, 0xFF, 0];

    /// <summary>The picture as RGBA.</summary>
    /// <exception cref="InvalidDataException">The file is cut off, damaged, too large, or of an unsupported kind.</exception>
    public static Picture Decode(ReadOnlySpan<byte> file, string name)
    {
        var header = BmpHeader.Read(file, name);
        var (width, height) = ((int)header.Width, (int)header.Height);
        if (header.Compression is 1 or 2)
        {
            var data = file[(int)Math.Min(header.Pixels, file.Length)..];
            if (header.Width * header.Height > SmallPicture + ((long)data.Length * MostPixelsOfAByte))
            {
                throw new InvalidDataException($"{name} is a damaged Bmp file: its runs are too short for its size.");
            }

            var indices = new byte[width * height];
            BmpRuns.Read(data, width, header.Compression == 2, indices);
            return Paint(file, header, indices, width, 8);
        }

        var stride = ((header.Width * header.Bits) + 31) / 32 * 4;
        return header.Pixels <= file.Length && stride * height <= file.Length - header.Pixels
            ? Paint(file, header, file.Slice((int)header.Pixels, (int)(stride * height)), (int)stride, header.Bits)
            : throw new InvalidDataException($"{name} is a damaged Bmp file: it is cut off.");
    }

    private static Picture Paint(ReadOnlySpan<byte> file, BmpHeader header, ReadOnlySpan<byte> rows, int stride, int bits)
    {
        var picture = Picture.New((int)header.Width, (int)header.Height, 4);
        var palette = header.Bits <= 8 ? Palette(file, header) : [];
        var masks = header.Masks.Length > 0 ? header.Masks : header.Bits == 16 ? FiveBits : EightBits;
        for (var y = 0; y < picture.Height; y++)
        {
            var row = rows.Slice((header.IsTopDown ? y : picture.Height - 1 - y) * stride, stride);
            var target = picture.Row(y);
            if (bits <= 8)
            {
                PaintIndices(row, bits, palette, target);
            }
            else
            {
                PaintColors(row, bits / 8, masks, target);
            }
        }

        return picture;
    }

    private static byte[] Palette(ReadOnlySpan<byte> file, BmpHeader header)
    {
        var palette = new byte[256 * 4];
        for (var i = 0; i < 256; i++)
        {
            var at = header.Palette + (i * header.ColorBytes);
            var isThere = i < header.Colors && at + 3 <= file.Length;
            // as Pillow, whose palettes begin as grays
            (palette[4 * i], palette[(4 * i) + 1], palette[(4 * i) + 2], palette[(4 * i) + 3]) = isThere
                ? (file[at + 2], file[at + 1], file[at], (byte)255)
                : ((byte)i, (byte)i, (byte)i, (byte)255);
        }

        return palette;
    }

    // The first pixel of a byte is in its upper bits.
    private static void PaintIndices(ReadOnlySpan<byte> row, int bits, byte[] palette, Span<byte> target)
    {
        var inByte = 8 / bits;
        for (var x = 0; x < target.Length / 4; x++)
        {
            var index = (row[x / inByte] >> (8 - bits - (x % inByte * bits))) & ((1 << bits) - 1);
            palette.AsSpan(4 * index, 4).CopyTo(target[(4 * x)..]);
        }
    }

    private static void PaintColors(ReadOnlySpan<byte> row, int bytes, uint[] masks, Span<byte> target)
    {
        for (var x = 0; x < target.Length / 4; x++)
        {
            var pixel = row.Slice(x * bytes, bytes);
            var value = bytes switch
            {
                2 => BinaryPrimitives.ReadUInt16LittleEndian(pixel),
                3 => pixel[0] | ((uint)pixel[1] << 8) | ((uint)pixel[2] << 16),
                _ => BinaryPrimitives.ReadUInt32LittleEndian(pixel),
            };
            for (var c = 0; c < 4; c++)
            {
                target[(4 * x) + c] = masks[c] == 0 ? (byte)(c == 3 ? 255 : 0) : Level(value, masks[c]);
            }
        }
    }

    // 31 of 31 becomes 255; values between are truncated, not rounded.
    private static byte Level(uint value, uint mask)
    {
        var shift = BitOperations.TrailingZeroCount(mask);
        return (byte)((ulong)((value & mask) >> shift) * 255 / (mask >> shift));
    }
}
