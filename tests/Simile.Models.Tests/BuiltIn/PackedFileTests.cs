using System.Buffers.Binary;
using Simile.Models.BuiltIn;
using Simile.Testing;

namespace Simile.Models.Tests.BuiltIn;

public sealed class PackedFileTests : IDisposable
{
    private static readonly byte[] One = [1, 2, 3];
    private static readonly byte[] Two = [.. Enumerable.Range(0, 200).Select(i => (byte)i)];

    private readonly string _folder = Assets.NewFolder();

    private string File => Path.Combine(_folder, "model.simd");

    [Fact]
    public void Sections_come_back_as_they_were()
    {
        Write();
        using var file = PackedFile.Open(File);
        Assert.Equal(One, file.Section("a/one").ToArray());
        Assert.Equal(Two, file.Section("b/two").ToArray());
        Assert.Empty(file.Section("c/empty").ToArray());
    }

    [Fact]
    public void The_frame_is_as_its_table_says()
    {
        Write();
        var bytes = System.IO.File.ReadAllBytes(File);
        Assert.Equal("8953494D440D0A1A", Convert.ToHexString(bytes[..8]));
        Assert.Equal(1, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(8)));
        Assert.Equal(3, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(12)));
        Assert.Equal(bytes.Length, BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16)));
        Assert.Equal("a/one", System.Text.Encoding.ASCII.GetString(bytes, 32, 24).TrimEnd('\0'));
        Assert.Equal(192, BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(56)));
        Assert.Equal(3, BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(64)));
        Assert.Equal(One, bytes[192..195]);
        Assert.Equal(0xF130F21Eu, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(72)));
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var e = Assert.Throws<FileNotFoundException>(() => PackedFile.Open(File));
        Assert.Equal($"The packed model {File} is missing: install Simile again, or build it from its repository.", e.Message);
    }

    [Fact]
    public void A_missing_section_is_named()
    {
        Write();
        using var file = PackedFile.Open(File);
        Assert.Contains(
            "has no section z: ", Assert.Throws<InvalidDataException>(() => file.Section("z")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        Write();
        var bytes = System.IO.File.ReadAllBytes(File);
        for (var length = 0; length < bytes.Length; length += 5)
        {
            System.IO.File.WriteAllBytes(File, bytes[..length]);
            Refused();
        }
    }

    [Fact]
    public void A_changed_byte_is_found_wherever_it_stands()
    {
        Write();
        var bytes = System.IO.File.ReadAllBytes(File);
        for (var at = 0; at < bytes.Length; at++)
        {
            if (at is (>= 28 and < 32) or (>= 176 and < 192) or (>= 195 and < 256))
            {
                continue; // nothing stands there
            }

            bytes[at] ^= 0x40;
            System.IO.File.WriteAllBytes(File, bytes);
            Refused();
            bytes[at] ^= 0x40;
        }
    }

    [Fact]
    public void The_damaged_section_is_named()
    {
        Write();
        var bytes = System.IO.File.ReadAllBytes(File);
        bytes[^1] ^= 1;
        System.IO.File.WriteAllBytes(File, bytes);
        Assert.Equal(
            $"The packed model {File} is damaged in section b/two: install Simile again, or make the file anew.",
            Refused());
    }

    [Fact]
    public void Another_version_is_named()
    {
        Write();
        var bytes = System.IO.File.ReadAllBytes(File);
        bytes[8] = 2;
        System.IO.File.WriteAllBytes(File, bytes);
        Assert.Contains("has version 2, this Simile reads version 1", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_file_is_not_taken_for_one()
    {
        System.IO.File.WriteAllText(File, "version https://git-lfs.github.com/spec/v1 and so on and so forth");
        Assert.Contains("is not a packed model", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file()
    {
        Write();
        Assert.Throws<ArgumentException>(() => PackedFile.Write(File, [("a name that is longer than its place", One)]));
        Sections_are_still_there();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Sections_are_still_there()
    {
        using var file = PackedFile.Open(File);
        Assert.Equal(One, file.Section("a/one").ToArray());
        Assert.Equal([File], Directory.GetFiles(_folder));
    }

    private void Write() => PackedFile.Write(File, [("a/one", One), ("c/empty", []), ("b/two", Two)]);

    private string Refused()
    {
        var e = Assert.Throws<InvalidDataException>(() => PackedFile.Open(File).Dispose());
        Assert.Contains(File, e.Message, StringComparison.Ordinal);
        return e.Message;
    }
}
