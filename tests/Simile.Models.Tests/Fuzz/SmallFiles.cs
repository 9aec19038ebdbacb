using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Simile.Models.Tests.Fuzz;

/// <summary>A small good file of every kind that is read: what the fuzzing begins with.</summary>
internal static class SmallFiles
{
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

    // {"a": a matrix of 2 x 3}, as torch.save pickles it.
    private static byte[] StateDict(bool isLegacy) =>
    [
        0x80, 2, (byte)'}', (byte)'q', 0, (byte)'(', .. Text("a"), .. "ctorch._utils\n_rebuild_tensor_v2\n(("u8,
        .. Text("storage"), .. "ctorch\nFloatStorage\n"u8, .. Text("0"), .. Text("cpu"), (byte)'K', 6,
        .. isLegacy ? "N"u8 : [], (byte)'t', (byte)'Q', (byte)'K', 0, 0x4B, 2, 0x4B, 3,
        0x86, 0x4B, 3, 0x4B, 1, 0x86, 0x89, .. "ccollections\nOrderedDict\n)RtRu."u8,
    ];

    private static byte[] Text(string text) => [(byte)'X', .. I32(text.Length), .. Encoding.ASCII.GetBytes(text)];

    private static byte[] I32(int value) => BitConverter.GetBytes(value);

    private static byte[] Floats(int count) =>
        [.. Enumerable.Range(0, count).SelectMany(i => BitConverter.GetBytes((i % 7 * 0.25f) - 0.5f))];

    private static void Add(ZipArchive archive, string name, byte[] bytes)
    {
        using var entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
        entry.Write(bytes);
    }
}
