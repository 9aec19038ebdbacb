using Simile.Models.Images;
using Simile.Testing;
using SkiaSharp;

namespace Simile.Models.Tests.Images;

public class PictureTests
{
    public static TheoryData<SKEncodedImageFormat> Formats => [SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp];

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
    public void Flipped_bytes_give_a_picture_or_a_sentence(SKEncodedImageFormat format) => Damage(Encode(ResizeTests.Noise(20, 20, 3), format), 400);

    [Fact]
    public void Damaged_golden_pictures_give_a_picture_or_a_sentence()
    {
        foreach (var path in Directory.EnumerateFiles(Assets.Require("golden/images/decode")).Where(p => !p.EndsWith("json", StringComparison.Ordinal) && !p.EndsWith("safetensors", StringComparison.Ordinal)).Order())
        {
            var file = File.ReadAllBytes(path);
            Damage(file, file.Length < 20_000 ? 60 : 2);
        }
    }

    [Fact]
    public void What_is_not_a_picture_is_told_apart()
    {
        Assert.Contains("is empty", Assert.Throws<InvalidDataException>(() => Picture.Load([])).Message, StringComparison.Ordinal);
        Assert.Contains("not a picture", Assert.Throws<InvalidDataException>(() => Picture.Load("hello"u8)).Message, StringComparison.Ordinal);
        Assert.Contains("HEIF", Assert.Throws<InvalidDataException>(() => Picture.Load("\0\0\0 ftypheic0000"u8)).Message, StringComparison.Ordinal);
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
