using Simile.Imaging.Decoders;
using Simile.Imaging.Tests.Fuzz;
using Simile.Testing;
using SkiaSharp;

namespace Simile.Imaging.Tests;

public class PictureTests
{
    public static TheoryData<SKEncodedImageFormat> Formats =>
        [SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp];

    [Fact]
    public void A_lossless_file_gives_its_pixels()
    {
        var expected = ResizeTests.Noise(31, 17, 3);
        Assert.Equal(expected.Pixels, Picture.Load(Encode(expected, SKEncodedImageFormat.Png)).Pixels);
    }

    [Fact]
    public void Turning_by_each_orientation_and_back_gives_the_picture()
    {
        var picture = ResizeTests.Noise(45, 70, 3);
        int[] back = [0, 1, 2, 3, 4, 5, 8, 7, 6];
        for (var orientation = 1; orientation <= 8; orientation++)
        {
            var turned = picture.Turned(orientation);
            Assert.Equal(orientation >= 5 ? (70, 45) : (45, 70), (turned.Width, turned.Height));
            Assert.Equal(picture.Pixels, turned.Turned(back[orientation]).Pixels);
        }

        Assert.Equal(picture.Row(69)[..3], picture.Turned(6).Row(0)[..3]); // 6: the lower left corner goes up
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_file_that_is_cut_off_anywhere_is_refused_with_its_name(SKEncodedImageFormat format)
    {
        var file = Encode(ResizeTests.Noise(20, 20, 3), format);
        for (var length = 0; length < file.Length - 30; length += 7)
        {
            var error = Assert.Throws<InvalidDataException>(() => Picture.Load(file.AsSpan(0, length)));
            Assert.StartsWith("The picture", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Flipped_bytes_give_a_picture_or_a_sentence(SKEncodedImageFormat format) =>
        Damage(Encode(ResizeTests.Noise(20, 20, 3), format), 400);

    [Fact]
    public void Damaged_golden_pictures_give_a_picture_or_a_sentence()
    {
        foreach (var path in Directory.EnumerateFiles(Assets.Require("golden/images/decode"))
            .Where(p => !p.EndsWith("json", StringComparison.Ordinal) && !p.EndsWith("safetensors", StringComparison.Ordinal)).Order())
        {
            var file = File.ReadAllBytes(path);
            Damage(file, file.Length < 20_000 ? 60 : 2);
        }
    }

    [Fact]
    public void A_TIFF_whose_pixels_are_more_than_64_bits_count_is_refused()
    {
        var file = SmallPictures.Tiff(1);
        foreach (var tag in new[] { 0, 1 })
        {
            file.AsSpan(8 + 4 + 2 + (tag * 12) + 8, 4).Fill(0xFF); // width and height of 2^32 - 1
        }

        Assert.Contains(
            "4294967295 x 4294967295", Assert.Throws<InvalidDataException>(() => Picture.Load(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_GIF_of_few_bytes_that_claims_many_pixels_reserves_no_memory_for_them()
    {
        var file = SmallPictures.Gif();
        foreach (var at in new[] { 6, 38 }) // the screen and the frame: 10,000 x 10,000
        {
            new byte[] { 0x10, 0x27, 0x10, 0x27 }.CopyTo(file, at);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains(
            "too short for its size", Assert.Throws<InvalidDataException>(() => Picture.Load(file)).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_GIF_whose_frame_is_0_wide_is_refused()
    {
        byte[] file = [.. "GIF89a"u8, 4, 0, 4, 0, 0, 0, 0, 0x2C, 0, 0, 0, 0, 0, 0, 4, 0, 0, 2, 1, 0x2C, 0, 0x3B];
        Assert.Contains("0 x 4 pixels", Assert.Throws<InvalidDataException>(() => Picture.Load(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Leaving_alpha_out_fast_and_slowly_is_the_same()
    {
        for (var pixels = 1; pixels < 40; pixels++)
        {
            var rgba = ResizeTests.Noise(pixels, 1, 4).Pixels;
            var (fast, slow) = (new byte[pixels * 3], new byte[pixels * 3]);
            AlphaPixels.Remove(rgba, fast, AlphaMode.Drop);
            AlphaPixels.DropSlowly(rgba, slow);
            Assert.Equal(slow, fast);
        }
    }

    [Theory]
    [InlineData(32773, new byte[] { 2, 10, 20, 30, 253, 7, 128, 1, 1, 2 })]
    [InlineData(8, null)]
    public void A_TIFF_unpacks(int compression, byte[]? packed)
    {
        byte[] pixels = [10, 20, 30, 7, 7, 7, 7, 1, 2];
        if (packed is null)
        {
            using var memory = new MemoryStream();
            using (var stream = new System.IO.Compression.ZLibStream(memory, System.IO.Compression.CompressionLevel.Optimal))
            {
                stream.Write(pixels);
            }

            packed = memory.ToArray();
        }

        var picture = Picture.Load(Tiff(3, 3, compression, packed));
        Assert.Equal(pixels, picture.Pixels.ToArray().Where((_, i) => i % 3 == 0));
        Assert.Throws<InvalidDataException>(() => Picture.Load(Tiff(3, 4, compression, packed)));
    }

    [Fact]
    public void What_is_not_a_picture_is_told_apart()
    {
        Assert.Contains("is empty", Assert.Throws<InvalidDataException>(() => Picture.Load([])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "not a supported picture",
            Assert.Throws<InvalidDataException>(() => Picture.Load("hello"u8)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "HEIF", Assert.Throws<InvalidDataException>(() => Picture.Load("\0\0\0 ftypheic0000"u8)).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => Picture.Load("no such picture.png"));
    }

    [Fact]
    public void A_crop_beyond_the_edge_is_black_there()
    {
        var picture = new Picture(2, 2, 1, [1, 2, 3, 4]);
        Assert.Equal([0, 0, 0, 0, 1, 2, 0, 3, 4], picture.Crop(-1, -1, 3, 3).Pixels.ToArray());
        Assert.Equal([0], picture.Crop(int.MaxValue, int.MinValue, 1, 1).Pixels.ToArray());
    }

    private static void Damage(byte[] file, int runs)
    {
        var random = new Random(file.Length);
        for (var run = 0; run < runs && file.Length > 0; run++)
        {
            var damaged = (byte[])file.Clone();
            for (var i = 0; i < 1 + (run % 4); i++)
            {
                damaged[random.Next(Math.Min(damaged.Length, 2000))] = (byte)random.Next(256);
            }

            try
            {
                Picture.Load(damaged, AlphaMode.Keep);
            }
            catch (InvalidDataException e)
            {
                Assert.NotEmpty(e.Message);
            }
        }
    }

    // Grey, one strip.
    private static byte[] Tiff(int width, int height, int compression, byte[] packed)
    {
        (int Tag, int Value)[] entries =
        [
            (256, width), (257, height), (258, 8), (259, compression), (262, 1), (273, 8 + 2 + (8 * 12) + 4), (278, height),
            (279, packed.Length),
        ];
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write("II*\0"u8);
        writer.Write(8);
        writer.Write((short)entries.Length);
        foreach (var (tag, value) in entries)
        {
            writer.Write((short)tag);
            writer.Write((short)4);
            writer.Write(1);
            writer.Write(value);
        }

        writer.Write(0);
        writer.Write(packed);
        return memory.ToArray();
    }

    private static byte[] Encode(Picture rgb, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(rgb.Width, rgb.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (var i = 0; i < rgb.Width * rgb.Height; i++)
        {
            bitmap.SetPixel(i % rgb.Width, i / rgb.Width, new SKColor(rgb.Pixels[i * 3], rgb.Pixels[(i * 3) + 1], rgb.Pixels[(i * 3) + 2]));
        }

        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }
}
