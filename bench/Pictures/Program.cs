// Milliseconds per picture on one thread: decoding, resizing, preprocessing for CLIP. Pillow's rates on the same pictures are in
// golden/PEERS.md of the assets. dotnet run -c Release --project bench/Pictures -- ASSETS
using System.Diagnostics;
using Simile.Imaging;
using Simile.Imaging.Resizing;
using SkiaSharp;

var photos = Directory.EnumerateFiles(Path.Combine(args[0], "data", "photos")).Where(p => Path.GetExtension(p) is ".jpg" or ".png").Order()
    .ToArray();
var large = LargeJpeg(Path.Combine(args[0], "data", "photos", "china.jpg"), 1920, 1280);
var clip = new ImageProcessor(
    new ImageProcessorOptions { ResizeHeight = 224, Filter = ResizeFilter.Bicubic, Library = ImageLibrary.Transformers });
var numbers = new float[3 * 224 * 224];

Show("JPEG 1920 x 1280 decoded", 1, () => Picture.Load(large));
Show("JPEG 1920 x 1280 decoded and made ready for CLIP", 1, () => clip.Process(Picture.Load(large), numbers));
var decoded = Picture.Load(large);
Show("1920 x 1280 to 336 x 224, bicubic", 1, () => decoded.Resize(336, 224));
Show("1920 x 1280 to 336 x 224, bicubic, the slow twin", 1, () => Slow(decoded, 336, 224));
Show("1920 x 1280 to 336 x 224, Lanczos", 1, () => decoded.Resize(336, 224, new ResizeOptions { Filter = ResizeFilter.Lanczos }));
Show("1920 x 1280 to 336 x 224, bilinear, torchvision's float way", 1, () => FloatResize.Run(decoded, 336, 224, ResizeFilter.Bilinear));
Show($"the {photos.Length} photos, each read and made ready for CLIP", photos.Length, () =>
{
    foreach (var photo in photos)
    {
        clip.Process(Picture.Load(photo), numbers);
    }
});

static void Show(string what, int pictures, Action action)
{
    action();
    var best = double.MaxValue;
    for (var run = 0; run < 15; run++)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    Console.WriteLine($"| {what} | {best / pictures:F2} ms |");
}

static void Slow(Picture source, int width, int height)
{
    var rows = ResizeWeights.Compute(source.Height, 0, source.Height, height, ResizeFilter.Bicubic);
    var across = Resampling.AcrossSlowly(
        source, ResizeWeights.Compute(source.Width, 0, source.Width, width, ResizeFilter.Bicubic), 0, source.Height);
    Resampling.DownSlowly(across, rows, 0);
}

static byte[] LargeJpeg(string path, int width, int height)
{
    var picture = Picture.Load(path).Resize(width, height);
    using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
    for (var i = 0; i < width * height; i++)
    {
        bitmap.SetPixel(i % width, i / width, new SKColor(picture.Pixels[i * 3], picture.Pixels[(i * 3) + 1], picture.Pixels[(i * 3) + 2]));
    }

    using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
    return data.ToArray();
}
