using System.Buffers.Binary;
using System.IO.Compression;
using SkiaSharp;

namespace Simile.Imaging.Tests.Fuzz;

/// <summary>A small good picture of every format that is read: the files that the fuzzing changes.</summary>
internal static class SmallPictures
{
    private const int Side = 12;

    public static byte[] Skia(SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(Side, Side, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        for (var i = 0; i < Side * Side; i++)
        {
            bitmap.SetPixel(i % Side, i / Side, new SKColor((byte)(i * 7), (byte)(i * 3), (byte)i, (byte)(255 - (i % 3))));
        }

        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    /// <summary>24 bits a pixel, two by two.</summary>
    public static byte[] Bmp() =>
    [
        (byte)'B', (byte)'M', 70, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0,
        0, 1, 0, 24, 0, 0, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        1, 2, 3, 4, 5, 6, 0, 0, 7, 8, 9, 10, 11, 12, 0, 0,
    ];

    /// <summary>Four colors, two by two: clear code, four indices, end code, of three bits each.</summary>
    public static byte[] Gif() =>
    [
        .. "GIF89a"u8, 2, 0, 2, 0, 0x81, 0, 0, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255, 0x21, 0xF9, 4, 1, 0, 0, 1, 0,
        0x2C, 0, 0, 0, 0, 2, 0, 2, 0, 0, 2, 3, 0x44, 0x34, 0x05, 0, 0x3B,
    ];

    public static byte[] Tiff(int compression)
    {
        byte[] strip = compression switch
        {
            1 => [1, 2, 3, 4],
            5 => [0x80, 0x00, 0x40, 0x40, 0x60, 0x50, 0x10],
            32773 => [3, 1, 2, 3, 4],
            _ => Deflated([1, 2, 3, 4]),
        };
        (int Tag, int Value)[] entries =
        [
            (256, 2), (257, 2), (258, 8), (259, compression), (262, 1), (273, 8), (277, 1), (278, 2), (279, strip.Length),
            (317, compression == 1 ? 2 : 1),
        ];
        var padded = (strip.Length + 1) & ~1;
        var file = new byte[8 + padded + 2 + (entries.Length * 12) + 4];
        "II*\0"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), 8 + padded);
        strip.CopyTo(file, 8);
        var at = 8 + padded;
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(at), (short)entries.Length);
        for (at += 2; entries is [var (tag, value), ..]; entries = entries[1..], at += 12)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), (ushort)tag);
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(at + 2), 4);
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at + 4), 1);
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at + 8), value);
        }

        return file;
    }

    private static byte[] Deflated(byte[] bytes)
    {
        var stream = new MemoryStream();
        using (var deflate = new ZLibStream(stream, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(bytes);
        }

        return stream.ToArray();
    }
}
