using System.Buffers.Binary;
using Simile.Testing;

namespace Simile.Imaging.Tests;

/// <summary>Pictures that Pillow reads and few others do. The expected pixels were printed by Pillow 9.4.</summary>
public sealed class OddPictureTests
{
    [Fact]
    public void Each_file_of_the_cases_is_read_in_its_size()
    {
        var folder = Assets.Require("cases/picture-odd-files");
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            // The EXIF data in a text chunk of the PNG rotates the picture.
            var expected = Path.GetExtension(path) == ".png" ? (9, 13) : (13, 9);
            var picture = Picture.Load(path);
            Assert.True((picture.Width, picture.Height) == expected, path);
        }
    }

    [Fact]
    public void Runs_of_a_bitmap_end_rows_move_and_end_the_picture()
    {
        // 4 × 3, bottom row first: a run, the end of the row; a move to the right and up; absolute pixels; the end.
        byte[] runs = [3, 1, 0, 0, 0, 2, 1, 1, 0, 3, 2, 1, 2, 0, 0, 1];
        var picture = Picture.Load(Bitmap(4, 3, 8, 1, runs, colors: 3));
        Assert.Equal([0, 2, 1, 2, 0, 0, 0, 0, 1, 1, 1, 0], Enumerable.Range(0, 12).Select(i => (int)picture.Row(i / 4)[i % 4 * 3] / 10));
    }

    [Fact]
    public void Five_bits_of_a_bitmap_become_eight_as_in_Pillow()
    {
        var pixel = new byte[4];
        BinaryPrimitives.WriteUInt16LittleEndian(pixel, (1 << 10) | (16 << 5) | 31);
        Assert.Equal([8, 131, 255], Picture.Load(Bitmap(1, 1, 16, 0, pixel, colors: 0)).Row(0).ToArray());
    }

    [Theory]
    [InlineData(1, 1, new byte[] { 0b1010_0000 }, new[] { 255, 0, 255 })]
    [InlineData(1, 0, new byte[] { 0b1010_0000 }, new[] { 0, 255, 0 })]
    [InlineData(2, 1, new byte[] { 0b1101_0000 }, new[] { 255, 85, 0 })]
    [InlineData(4, 1, new byte[] { 0xF8, 0x10 }, new[] { 255, 136, 17 })]
    public void Pixels_of_few_bits_in_a_tiff_are_spread_over_the_greys(int bits, int photometric, byte[] row, int[] expected)
    {
        foreach (var withLength in new[] { true, false })
        {
            var picture = Picture.Load(Tiff(3, 1, bits, photometric, row, withLength));
            Assert.Equal(expected, Enumerable.Range(0, 3).Select(x => (int)picture.Row(0)[x * 3]));
        }
    }

    [Fact]
    public void A_gif_without_a_screen_has_the_size_of_its_frame()
    {
        byte[] gif = [.. "GIF89a"u8, 0, 0, 0, 0, 0x80, 0, 0, 1, 2, 3, 9, 8, 7, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4C, 0x01, 0, 0x3B];
        var picture = Picture.Load(gif);
        Assert.Equal((1, 1, 9), (picture.Width, picture.Height, picture.Row(0)[0]));
    }

    [Fact]
    public void Few_bytes_that_claim_a_huge_bitmap_are_refused() =>
        Assert.Contains(
            "runs",
            Assert.Throws<InvalidDataException>(() => Picture.Load(Bitmap(12_000, 12_000, 8, 1, [0, 1], colors: 2))).Message,
            StringComparison.Ordinal);

    // Color i of the palette is 10 i in each channel.
    private static byte[] Bitmap(int width, int height, short bits, int compression, byte[] pixels, int colors)
    {
        var start = 14 + 40 + (4 * colors);
        var file = new byte[start + pixels.Length];
        file[0] = (byte)'B';
        file[1] = (byte)'M';
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), start);
        int[] header = [40, width, height, 1 | (bits << 16), compression, pixels.Length, 0, 0, colors, 0];
        for (var i = 0; i < header.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14 + (4 * i)), header[i]);
        }

        for (var i = 0; i < colors; i++)
        {
            file.AsSpan(54 + (4 * i), 3).Fill((byte)(10 * i));
        }

        pixels.CopyTo(file, start);
        return file;
    }

    private static byte[] Tiff(int width, int height, int bits, int photometric, byte[] strip, bool withLength)
    {
        var tags = new List<(int Tag, int Value)>
        {
            (256, width), (257, height), (258, bits), (259, 1), (262, photometric), (273, 0), (278, height),
        };
        if (withLength)
        {
            tags.Add((279, strip.Length));
        }

        var start = 8 + 2 + (12 * tags.Count) + 4;
        var file = new byte[start + strip.Length];
        "II*\0"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), 8);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(8), (short)tags.Count);
        for (var i = 0; i < tags.Count; i++)
        {
            var entry = file.AsSpan(10 + (12 * i));
            BinaryPrimitives.WriteInt16LittleEndian(entry, (short)tags[i].Tag);
            BinaryPrimitives.WriteInt16LittleEndian(entry[2..], 4);
            BinaryPrimitives.WriteInt32LittleEndian(entry[4..], 1);
            BinaryPrimitives.WriteInt32LittleEndian(entry[8..], tags[i].Tag == 273 ? start : tags[i].Value);
        }

        strip.CopyTo(file, start);
        return file;
    }
}
