using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using SkiaSharp;

namespace Simile.Models.Tests.Fuzz;

/// <summary>A small good file of every kind that is read: what the fuzzing begins with.</summary>
internal static class SmallFiles
{
    private const int Side = 12;

    public static byte[] SafeTensors() => SafeTensors(("a", [2, 3]), ("b.weight", [4]), ("scalar", []));

    public static byte[] SafeTensors(params ReadOnlySpan<(string Name, int[] Shape)> tensors)
    {
        var (header, at) = (new List<string> { "\"__metadata__\":{\"format\":\"pt\"}" }, 0);
        foreach (var (name, shape) in tensors)
        {
            var end = at + (4 * shape.Aggregate(1, (product, size) => product * size));
            header.Add($"\"{name}\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(',', shape)}],\"data_offsets\":[{at},{end}]}}");
            at = end;
        }

        var json = Encoding.UTF8.GetBytes($"{{{string.Join(',', header)}}}");
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        return [.. length, .. json, .. Floats(at / 4)];
    }

    /// <summary>A zip as torch.save writes it: nothing compressed.</summary>
    public static byte[] TorchZip()
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "archive/data.pkl", StateDict(isLegacy: false));
            Add(archive, "archive/byteorder", "little"u8.ToArray());
            Add(archive, "archive/data/0", Floats(6));
            Add(archive, "archive/version", "3\n"u8.ToArray());
        }

        return stream.ToArray();
    }

    /// <summary>The form before PyTorch 1.6: five pickles, then the numbers.</summary>
    public static byte[] TorchLegacy() =>
    [
        0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.',
        0x80, 2, (byte)'M', 0xE9, 3, (byte)'.',
        0x80, 2, (byte)'}', .. Text("little_endian"), 0x88, (byte)'s', (byte)'.',
        .. StateDict(isLegacy: true),
        0x80, 2, (byte)']', .. Text("0"), (byte)'a', (byte)'.',
        6, 0, 0, 0, 0, 0, 0, 0, .. Floats(6),
    ];

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
        (byte)'B', (byte)'M', 70, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 24, 0, 0, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        1, 2, 3, 4, 5, 6, 0, 0, 7, 8, 9, 10, 11, 12, 0, 0,
    ];

    /// <summary>Four colours, two by two: clear code, four indices, end code, of three bits each.</summary>
    public static byte[] Gif() =>
    [
        .. "GIF89a"u8, 2, 0, 2, 0, 0x81, 0, 0, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255, 0x21, 0xF9, 4, 1, 0, 0, 1, 0,
        0x2C, 0, 0, 0, 0, 2, 0, 2, 0, 0, 2, 3, 0x44, 0x34, 0x05, 0, 0x3B,
    ];

    public static byte[] Tiff(int compression)
    {
        byte[] strip = compression switch { 1 => [1, 2, 3, 4], 5 => [0x80, 0x00, 0x40, 0x40, 0x60, 0x50, 0x10], 32773 => [3, 1, 2, 3, 4], _ => Deflated([1, 2, 3, 4]) };
        (int Tag, int Value)[] entries = [(256, 2), (257, 2), (258, 8), (259, compression), (262, 1), (273, 8), (277, 1), (278, 2), (279, strip.Length), (317, compression == 1 ? 2 : 1)];
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

    public static byte[] Wav(short coding, short bits)
    {
        var samples = new byte[bits * 4];
        return
        [
            .. "RIFF"u8, .. I32(36 + samples.Length), .. "WAVEfmt "u8, .. I32(16), .. I16(coding), .. I16(2), .. I32(8000), .. I32(8000 * bits / 4), .. I16((short)(bits / 4)), .. I16(bits),
            .. "data"u8, .. I32(samples.Length), .. samples,
        ];
    }

    /// <summary>One channel of 16 bits, 8,000 samples a second.</summary>
    public static byte[] Aiff() =>
    [
        .. "FORM"u8, 0, 0, 0, 62, .. "AIFFCOMM"u8, 0, 0, 0, 18, 0, 1, 0, 0, 0, 8, 0, 16, 0x40, 0x0B, 0xFA, 0, 0, 0, 0, 0, 0, 0,
        .. "SSND"u8, 0, 0, 0, 24, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
    ];

    /// <summary>One channel of µ-law, 8,000 samples a second.</summary>
    public static byte[] Au() => [.. ".snd"u8, 0, 0, 0, 24, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0x1F, 0x40, 0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8];

    // {"a": a matrix of 2 x 3}, as torch.save pickles it.
    private static byte[] StateDict(bool isLegacy) =>
    [
        0x80, 2, (byte)'}', (byte)'q', 0, (byte)'(', .. Text("a"), .. "ctorch._utils\n_rebuild_tensor_v2\n(("u8, .. Text("storage"), .. "ctorch\nFloatStorage\n"u8, .. Text("0"), .. Text("cpu"), (byte)'K', 6,
        .. isLegacy ? "N"u8 : [], (byte)'t', (byte)'Q', (byte)'K', 0, 0x4B, 2, 0x4B, 3, 0x86, 0x4B, 3, 0x4B, 1, 0x86, 0x89, .. "ccollections\nOrderedDict\n)RtRu."u8,
    ];

    private static byte[] Text(string text) => [(byte)'X', .. I32(text.Length), .. Encoding.ASCII.GetBytes(text)];

    private static byte[] I32(int value) => BitConverter.GetBytes(value);

    private static byte[] I16(short value) => BitConverter.GetBytes(value);

    private static byte[] Floats(int count) => [.. Enumerable.Range(0, count).SelectMany(i => BitConverter.GetBytes((i % 7 * 0.25f) - 0.5f))];

    private static byte[] Deflated(byte[] bytes)
    {
        var stream = new MemoryStream();
        using (var deflate = new ZLibStream(stream, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(bytes);
        }

        return stream.ToArray();
    }

    private static void Add(ZipArchive archive, string name, byte[] bytes)
    {
        using var entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
        entry.Write(bytes);
    }
}
