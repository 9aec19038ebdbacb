using Simile.Index.Format;
using Simile.Numerics;
using Simile.Numerics.Files;
using Simile.Testing;

namespace Simile.Index.Tests.Format;

public sealed class IndexFileTests : IDisposable
{
    private readonly string _folder = Assets.NewFolder();

    private string Target => Path.Combine(_folder, "x.simi");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Sections_come_back_at_multiples_of_a_page()
    {
        var large = Write(3_000_000);
        using var file = IndexFile.Open(Target);

        Assert.Equal((IndexKind.Ivf, Metric.L2, 7, 42UL), (file.Kind, file.Metric, file.Dimensions, file.Sequence));
        Assert.Equal([1, 2, 3], file.Section("small").Slice<int>(0, 3).ToArray());
        Assert.Equal(large.AsSpan(), file.Section("large").Slice<byte>(0, large.Length));
        Assert.Equal(0, file.Section("empty").Length);
        unsafe
        {
            Assert.Equal(0, (long)file.Section("large").Pointer % 4096);
        }
    }

    [Fact]
    public void Every_flipped_bit_is_found()
    {
        Write(5000);
        var whole = File.ReadAllBytes(Target);
        foreach (var at in Used(whole))
        {
            var bytes = (byte[])whole.Clone();
            bytes[at] ^= (byte)(1 << (at % 8));
            File.WriteAllBytes(Target, bytes);
            Assert.Throws<InvalidDataException>(() => IndexFile.Open(Target).Dispose());
        }
    }

    [Fact]
    public void Every_block_of_a_large_section_is_compared()
    {
        Write(6_500_000);
        IndexFile.Open(Target).Dispose();
        for (var at = 8192; at < 6_500_000; at += IndexFileLayout.BlockBytes)
        {
            Flip(at + 77);
            Assert.Contains("section large", Assert.Throws<InvalidDataException>(() => IndexFile.Open(Target)).Message);
            Flip(at + 77);
        }
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        Write(5000);
        var whole = File.ReadAllBytes(Target);
        for (var length = 0; length < whole.Length; length += 97)
        {
            File.WriteAllBytes(Target, whole[..length]);
            Assert.Throws<InvalidDataException>(() => IndexFile.Open(Target).Dispose());
        }
    }

    [Fact]
    public void A_foreign_and_a_newer_file_are_named_as_such()
    {
        File.WriteAllText(Target, "a text");
        Assert.Contains("is not an index file of Simile", Assert.Throws<InvalidDataException>(() => IndexFile.Open(Target)).Message);

        Write(10);
        var bytes = File.ReadAllBytes(Target);
        bytes[IndexFileLayout.VersionAt] = 2;
        File.WriteAllBytes(Target, bytes);
        Assert.Contains("has version 2", Assert.Throws<InvalidDataException>(() => IndexFile.Open(Target)).Message);
        Assert.Throws<FileNotFoundException>(() => IndexFile.Open(Target + ".not"));
    }

    [Fact]
    public void Structure_is_checked_even_where_values_are_not()
    {
        Write(3_000_000);
        Flip(2_500_000);
        using (var file = IndexFile.Open(Target, IndexCheck.Structure))
        {
            Assert.Contains("section large", Assert.Throws<InvalidDataException>(file.Verify).Message);
        }

        Flip(2_500_000);
        Flip(4096); // the section "small", which is structure
        Assert.Throws<InvalidDataException>(() => IndexFile.Open(Target, IndexCheck.Structure));
    }

    [Fact]
    public void What_is_not_committed_leaves_the_old_file_and_nothing_else()
    {
        Write(10);
        var before = File.ReadAllBytes(Target);
        using (var writer = new IndexFileWriter(Target, IndexKind.Flat, Metric.Dot, 1, 0))
        {
            writer.Section<byte>("a", SectionRole.Values, new byte[3_000_000]);
            Assert.Equal(2, Directory.GetFiles(_folder).Length);
        }

        Assert.Equal(before, File.ReadAllBytes(Target));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_full_disk_leaves_the_old_file()
    {
        using var disk = new SmallDisk(kilobytes: 256);
        var path = Path.Combine(disk.Path, "x.simi");
        using (var writer = new IndexFileWriter(path, IndexKind.Flat, Metric.Dot, 1, 0))
        {
            writer.Section<byte>("a", SectionRole.Values, [1, 2, 3]);
            writer.Commit();
        }

        Assert.Throws<IOException>(() =>
        {
            using var writer = new IndexFileWriter(path, IndexKind.Flat, Metric.Dot, 1, 0);
            writer.Section<byte>("a", SectionRole.Values, new byte[3_000_000]);
            writer.Commit();
        });
        using var file = IndexFile.Open(path);
        Assert.Equal(3, file.Section("a").Length);
        Assert.Single(Directory.GetFiles(disk.Path));
    }

    [Fact]
    public void What_a_killed_process_left_behind_is_deleted()
    {
        File.WriteAllBytes(Target + ".0123abcd.new", new byte[10_000_000]);
        Write(10);
        using var file = IndexFile.Open(Target);
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void The_checksum_is_crc_32c()
    {
        Assert.Equal(0xE3069283u, Crc32C.Of("123456789"u8));
        var bytes = Enumerable.Range(0, 1000).Select(i => (byte)(i * 7)).ToArray();
        for (var length = 0; length < 40; length++)
        {
            Assert.Equal(BitByBit(bytes.AsSpan(0, length)), Crc32C.Of(bytes.AsSpan(0, length)));
        }

        var each = new uint[Crc32C.AtOnce];
        Crc32C.OfEach(bytes.AsSpan(0, 992), each);
        Assert.Equal(bytes[..992].Chunk(248).Select(block => BitByBit(block)), each);
    }

    private static uint BitByBit(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0x82F63B78u);
            }
        }

        return ~crc;
    }

    private byte[] Write(int largeBytes)
    {
        var large = new byte[largeBytes];
        new Random(1).NextBytes(large);
        using var writer = new IndexFileWriter(Target, IndexKind.Ivf, Metric.L2, 7, 42);
        writer.Section<int>("small", SectionRole.Structure, [1, 2, 3]);
        writer.Section<byte>("empty", SectionRole.Structure, []);
        writer.Begin("large", SectionRole.Values);
        writer.Write<byte>(large.AsSpan(0, largeBytes / 3));
        writer.Write<byte>(large.AsSpan(largeBytes / 3));
        writer.Commit();
        return large;
    }

    // All but the zeros that fill up pages: the header's page, the sections, the checksums.
    private static IEnumerable<int> Used(byte[] whole) =>
        [.. Enumerable.Range(0, 4096 + 12), .. Enumerable.Range(8192, 5000).Where(i => i % 7 == 0), .. Enumerable.Range(
            whole.Length - 8, 8)];

    private void Flip(int at)
    {
        var bytes = File.ReadAllBytes(Target);
        bytes[at] ^= 4;
        File.WriteAllBytes(Target, bytes);
    }
}
