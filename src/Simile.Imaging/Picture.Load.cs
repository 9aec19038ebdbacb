using Simile.Imaging.Decoders;
using Simile.Numerics.Files;

namespace Simile.Imaging;

/// <content>Loading.</content>
public sealed partial class Picture
{
    /// <summary>Loads a picture: JPEG, PNG, WebP, BMP, TIFF, or the first frame of a GIF. The content decides, not the file name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="alpha">How transparency is treated.</param>
    /// <returns>
    /// RGB (or RGBA where alpha is kept), turned as its EXIF or XMP orientation says. Grays are spread over the three colors, 16 bits keep
    /// the high byte, and color profiles are ignored, as the reference (Pillow) ignores them.
    /// </returns>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is not a picture, is cut off or damaged, or has more than <see cref="LargestPixelCount"/> pixels.
    /// </exception>
    public static Picture Load(string path, AlphaMode alpha = AlphaMode.Drop)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no picture {path}.", path);
        }

        return Decode(ReadAll(path), path, alpha);
    }

    /// <summary>Loads a picture from the bytes of a file. See <see cref="Load(string, AlphaMode)"/>.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="alpha">How transparency is treated.</param>
    /// <exception cref="InvalidDataException">
    /// The bytes are not a picture, are cut off or damaged, or have more than <see cref="LargestPixelCount"/> pixels.
    /// </exception>
    public static Picture Load(ReadOnlySpan<byte> file, AlphaMode alpha = AlphaMode.Drop) => Decode(file, "The picture", alpha);

    private static Picture Decode(ReadOnlySpan<byte> file, string name, AlphaMode alpha)
    {
        var format = PictureFormats.Of(file);
        var decoded = format switch
        {
            PictureFormat.Gif => GifDecoder.Decode(file, name).WithAlpha(alpha),
            PictureFormat.Bmp => BmpDecoder.Decode(file, name).WithAlpha(alpha),
            PictureFormat.Tiff => TiffDecoder.Decode(file, name).WithAlpha(alpha),
            PictureFormat.Unknown => throw new InvalidDataException(PictureFormats.Refusal(file, name)),
            _ => SkiaDecoder.Decode(file, name, format, alpha),
        };
        return decoded.Turned(PictureMetadata.Orientation(file, format));
    }

    private static byte[] ReadAll(string path)
    {
        RegularFile.Require(path);
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (IOException e)
        {
            throw new InvalidDataException($"{path} cannot be read: {e.Message}", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InvalidDataException($"{path} cannot be read: check its permissions.", e);
        }
    }

    /// <summary>Refuses a size before memory is allocated for it.</summary>
    internal static void CheckSize(long width, long height, string name)
    {
        if (width < 1 || height < 1)
        {
            throw new InvalidDataException($"{name} claims to be {width} x {height} pixels: it is damaged.");
        }

        if (width > LargestPixelCount / height) // the product of two 32-bit numbers may not fit 64 bits
        {
            throw new InvalidDataException(
                $"{name} claims to be {width} x {height} pixels. The limit is {LargestPixelCount}: make it smaller first.");
        }
    }
}
