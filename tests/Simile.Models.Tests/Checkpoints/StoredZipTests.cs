using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Simile.Models.Checkpoints;
using Simile.Testing;

namespace Simile.Models.Tests;

public sealed class StoredZipTests : IDisposable
{
    private readonly string _folder = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_file_of_an_archive_of_torch_is_what_ZipArchive_reads()
    {
        var path = Assets.Require("golden/architectures/bert_mlm_checkpoint/pytorch_model.bin");
        using var archive = ZipFile.OpenRead(path);
        using var file = new MappedFile(path);
        var zip = StoredZip.Open(file);
        Assert.Equal(archive.Entries.Select(entry => entry.FullName).Order(), zip.Names.Order());
        foreach (var entry in archive.Entries)
        {
            using var stream = entry.Open();
            var expected = new byte[entry.Length];
            stream.ReadExactly(expected);
            Assert.Equal(expected, zip.Find(entry.FullName)!.Value.ToArray());
        }
    }

    [Fact]
    public void Sizes_of_64_bits_and_a_comment_are_read()
    {
        using var file = Write([.. Large("a/x", "numbers"u8.ToArray()), .. "a comment"u8], commentLength: 9);
        var zip = StoredZip.Open(file);
        Assert.Equal("numbers"u8.ToArray(), zip.Find("a/x")!.Value.ToArray());
        Assert.Null(zip.Find("x"));
    }

    [Fact]
    public void What_is_compressed_is_refused_by_name_and_the_rest_is_read()
    {
        var path = Path.Combine(_folder, "zip");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            Add(archive, "plain", CompressionLevel.NoCompression);
            Add(archive, "small", CompressionLevel.Optimal);
        }

        using var file = new MappedFile(path);
        var zip = StoredZip.Open(file);
        Assert.Equal(1000, zip.Find("plain")!.Value.Length);
        Assert.Contains(
            "small is compressed", Assert.Throws<InvalidDataException>(() => zip.Find("small")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("length", "not inside the file")]
    [InlineData("place", "not inside the file")]
    [InlineData("count", "list of files")]
    [InlineData("list", "not inside the file")]
    public void A_number_that_points_out_of_the_file_is_refused(string number, string reason)
    {
        var bytes = Large("x", new byte[100]);
        var sizes = bytes.AsSpan().LastIndexOf("PK\x1\x2"u8) + 46 + 1 + 4;
        var end = bytes.AsSpan().LastIndexOf("PK\x6\x6"u8);
        foreach (var at in number switch
        {
            "length" => (int[])[sizes, sizes + 8],
            "place" => [sizes + 16],
            "count" => [end + 32],
            _ => [end + 48],
        })
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at), long.MaxValue - 3);
        }

        using var file = Write(bytes);
        Assert.Contains(
            reason, Assert.Throws<InvalidDataException>(() => StoredZip.Open(file).Find("x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_cut_off_anywhere_is_refused()
    {
        var bytes = Large("x", new byte[10]);
        for (var length = 0; length < bytes.Length; length++)
        {
            using var file = Write(bytes[..length]);
            Assert.Throws<InvalidDataException>(() => StoredZip.Open(file));
        }
    }

    [Fact]
    public void A_name_that_stands_twice_is_refused()
    {
        var path = Path.Combine(_folder, "zip");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            Add(archive, "x", CompressionLevel.NoCompression);
            Add(archive, "x", CompressionLevel.NoCompression);
        }

        using var file = new MappedFile(path);
        Assert.Contains("twice", Assert.Throws<InvalidDataException>(() => StoredZip.Open(file)).Message, StringComparison.Ordinal);
    }

    private static void Add(ZipArchive archive, string name, CompressionLevel level)
    {
        using var stream = archive.CreateEntry(name, level).Open();
        stream.Write(new byte[1000]);
    }

    private MappedFile Write(byte[] bytes, ushort commentLength = 0)
    {
        if (commentLength > 0)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(bytes.Length - commentLength - 2), commentLength);
        }

        var path = Path.Combine(_folder, "written");
        File.WriteAllBytes(path, bytes);
        return new MappedFile(path);
    }

    // An archive of one file whose list has every number in 64 bits.
    private static byte[] Large(string name, byte[] content)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        var text = Encoding.UTF8.GetBytes(name);
        writer.Write("PK\x3\x4"u8);
        writer.Write(new byte[22]);
        writer.Write((ushort)text.Length);
        writer.Write((ushort)0);
        writer.Write(text);
        writer.Write(content);
        var list = stream.Position;
        writer.Write("PK\x1\x2"u8);
        writer.Write(new byte[16]);
        writer.Write(uint.MaxValue);
        writer.Write(uint.MaxValue);
        writer.Write((ushort)text.Length);
        writer.Write((ushort)28);
        writer.Write(new byte[10]);
        writer.Write(uint.MaxValue);
        writer.Write(text);
        writer.Write((ushort)1);
        writer.Write((ushort)24);
        writer.Write((long)content.Length);
        writer.Write((long)content.Length);
        writer.Write(0L);
        var end = stream.Position;
        writer.Write("PK\x6\x6"u8);
        writer.Write(new byte[28]);
        writer.Write(1L);
        writer.Write(end - list);
        writer.Write(list);
        writer.Write("PK\x6\x7"u8);
        writer.Write(0);
        writer.Write(end);
        writer.Write(1);
        writer.Write("PK\x5\x6"u8);
        writer.Write(new byte[18]);
        writer.Flush();
        return stream.ToArray();
    }
}
