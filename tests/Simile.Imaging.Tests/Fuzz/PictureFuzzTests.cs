using Simile.Imaging.Decoders;
using Simile.Testing;
using SkiaSharp;

namespace Simile.Imaging.Tests.Fuzz;

/// <summary>
/// Every decoder over pictures that were changed at random: the answer is pixels or one sentence, in bounded memory and time.
/// </summary>
public sealed class PictureFuzzTests : IDisposable
{
    private readonly string _folder = Assets.NewFolder();

    private static readonly Dictionary<string, Func<byte[]>> Files = new()
    {
        ["png"] = () => SmallPictures.Skia(SKEncodedImageFormat.Png),
        ["jpeg"] = () => SmallPictures.Skia(SKEncodedImageFormat.Jpeg),
        ["webp"] = () => SmallPictures.Skia(SKEncodedImageFormat.Webp),
        ["bmp"] = SmallPictures.Bmp,
        ["gif"] = SmallPictures.Gif,
        ["tiff plain"] = () => SmallPictures.Tiff(1),
        ["tiff lzw"] = () => SmallPictures.Tiff(5),
        ["tiff deflate"] = () => SmallPictures.Tiff(8),
        ["tiff packbits"] = () => SmallPictures.Tiff(32773),
        ["tiff tiles"] = () =>
            new SmallTiff(20, 18, 8, 3, [.. Enumerable.Range(0, 4).Select(i => Enumerable.Repeat((byte)i, 768).ToArray())])
            {
                Photometric = 2,
                Tile = (16, 16),
            }
                .ToArray(),
        ["tiff planes of shorts"] = () =>
            new SmallTiff(3, 2, 16, 3, [new byte[12], new byte[12], new byte[12]]) { Photometric = 2, IsPlanar = true, IsBig = true }
                .ToArray(),
        ["tiff floats"] = () => new SmallTiff(4, 2, 32, 1, [new byte[32]]) { Format = 3, Predictor = 3 }.ToArray(),
    };

    public static TheoryData<string> Kinds => [.. Files.Keys];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_file_that_is_changed_is_good(string kind)
    {
        var path = Path.Combine(_folder, "good");
        File.WriteAllBytes(path, Files[kind]());
        Assert.True(Read(path) > 0);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_changed_file_is_read_or_refused_in_a_sentence(string kind) => Fuzz(kind, Files[kind](), 800);

    [Fact]
    public void A_changed_golden_picture_is_read_or_refused_in_a_sentence()
    {
        foreach (var path in ReaderFuzz.Small("golden/images/decode")
            .Where(path => Path.GetExtension(path) is not (".json" or ".safetensors" or ".md")))
        {
            Fuzz(Path.GetFileName(path), File.ReadAllBytes(path), 20);
        }
    }

    private void Fuzz(string kind, byte[] good, int rounds) =>
        ReaderFuzz.Run(_folder, kind, good, Files.Values.ElementAt(kind.Length % Files.Count)(), Read, rounds, RefusedMemory);

    // A picture says its size first and is believed up to the limit, because a good file of few bytes can be large; nothing else is
    // believed.
    private static long RefusedMemory(string path) =>
        PictureFormats.Of(File.ReadAllBytes(path)) == PictureFormat.Unknown ? 0 : 8L * Picture.LargestPixelCount;

    private static long Read(string path)
    {
        var picture = Picture.Load(path);
        Assert.Equal(picture.Width * picture.Height * 3, picture.Pixels.Length);
        return (long)picture.Width * picture.Height;
    }
}
