using SkiaSharp;

namespace Simile.Imaging.Decoders;

/// <summary>Decodes JPEG, PNG, WebP and BMP with Skia.</summary>
/// <remarks>
/// Skia converts no colors if the target has no color space, and keeps the colors of transparent pixels if it is unpremultiplied. Both
/// match the reference. On the golden pictures the result equals Pillow's byte for byte, also for JPEG (libjpeg-turbo, accurate transform,
/// smooth upsampling in both). A JPEG is never decoded at a smaller size. That would be faster, but it is not what the reference does.
/// </remarks>
internal static class SkiaDecoder
{
    // The number of rows decoded before alpha is removed. They fit in the cache.
    private const int BandBytes = 256 << 10;

    /// <summary>The picture, RGB or RGBA.</summary>
    /// <exception cref="InvalidDataException">The file is cut off, damaged or too large.</exception>
    public static unsafe Picture Decode(ReadOnlySpan<byte> file, string name, PictureFormat format, AlphaMode alpha)
    {
        if (format == PictureFormat.Jpeg && !JpegMarkers.IsComplete(file))
        {
            throw new InvalidDataException($"{name} is cut off: the JPEG's end marker is missing.");
        }

        fixed (byte* bytes = file)
        {
            using var data = SKData.Create((nint)bytes, file.Length);
            using var codec = SKCodec.Create(data)
                ?? throw new InvalidDataException($"{name} is damaged: it begins as a {format} file, but its header cannot be read.");
            Picture.CheckSize(codec.Info.Width, codec.Info.Height, name);
            var target = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul, null);
            var isByRows = alpha != AlphaMode.Keep && codec.ScanlineOrder == SKCodecScanlineOrder.TopDown
                && codec.StartScanlineDecode(target) == SKCodecResult.Success;
            return isByRows ? DecodeRows(codec, target, name, format, alpha) : DecodeWhole(codec, target, name, format).WithAlpha(alpha);
        }
    }

    private static unsafe Picture DecodeRows(SKCodec codec, SKImageInfo target, string name, PictureFormat format, AlphaMode alpha)
    {
        var picture = Picture.New(target.Width, target.Height, 3);
        var count = Math.Clamp(BandBytes / target.RowBytes, 1, target.Height);
        var band = new byte[count * target.RowBytes];
        fixed (byte* rows = band)
        {
            for (var y = 0; y < target.Height; y += count)
            {
                var wanted = Math.Min(count, target.Height - y);
                if (codec.GetScanlines((nint)rows, wanted, target.RowBytes) < wanted)
                {
                    throw Damaged(name, format, "its data are cut off or invalid");
                }

                AlphaPixels.Remove(
                    band.AsSpan(0, wanted * target.RowBytes), picture.Pixels.Slice(y * picture.Stride, wanted * picture.Stride), alpha);
            }
        }

        return picture;
    }

    private static unsafe Picture DecodeWhole(SKCodec codec, SKImageInfo target, string name, PictureFormat format)
    {
        var picture = Picture.New(target.Width, target.Height, 4);
        fixed (byte* pixels = picture.Pixels)
        {
            var result = codec.GetPixels(target, (nint)pixels);
            return result == SKCodecResult.Success ? picture : throw Damaged(name, format, Reason(result));
        }
    }

    private static InvalidDataException Damaged(string name, PictureFormat format, string why) =>
        new($"{name} is a damaged {format} file: {why}.");

    private static string Reason(SKCodecResult result) => result switch
    {
        SKCodecResult.IncompleteInput => "it is cut off",
        SKCodecResult.ErrorInInput or SKCodecResult.InvalidInput => "its data contradict themselves",
        SKCodecResult.Unimplemented => "it is of a kind that is not supported",
        _ => $"the decoder says {result}",
    };
}
