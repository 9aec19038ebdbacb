using SkiaSharp;

namespace Simile.Models.Images;

/// <summary>JPEG, PNG, WebP and BMP, by Skia's codecs.</summary>
/// <remarks>
/// Without a colour space for the target Skia converts no colours, and unmultiplied it keeps those of clear pixels: both as the reference.
/// On the golden pictures it equals Pillow byte for byte, JPEG too (libjpeg-turbo, accurate transform, smooth upsampling in both).
/// </remarks>
internal static class SkiaDecoder
{
    /// <summary>The picture as RGBA.</summary>
    /// <exception cref="InvalidDataException">The file is cut off, damaged or too large.</exception>
    public static unsafe Picture Decode(ReadOnlySpan<byte> file, string name, PictureFormat format)
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
            return Decode(codec, name, format);
        }
    }

    private static unsafe Picture Decode(SKCodec codec, string name, PictureFormat format)
    {
        var picture = Picture.New(codec.Info.Width, codec.Info.Height, 4);
        fixed (byte* pixels = picture.Pixels)
        {
            var result = codec.GetPixels(new SKImageInfo(picture.Width, picture.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul, null), (nint)pixels);
            return result == SKCodecResult.Success ? picture
                : throw new InvalidDataException($"{name} is a damaged {format} file: {Reason(result)}.");
        }
    }

    private static string Reason(SKCodecResult result) => result switch
    {
        SKCodecResult.IncompleteInput => "it is cut off",
        SKCodecResult.ErrorInInput or SKCodecResult.InvalidInput => "its data contradict themselves",
        SKCodecResult.Unimplemented => "it is of a kind that is not supported",
        _ => $"the decoder says {result}",
    };
}
