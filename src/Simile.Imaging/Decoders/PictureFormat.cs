namespace Simile.Imaging.Decoders;

/// <summary>The supported picture formats.</summary>
internal enum PictureFormat
{
    Unknown,
    Jpeg,
    Png,
    WebP,
    Gif,
    Bmp,
    Tiff,
}

/// <summary>Detects the format from the first bytes of a file.</summary>
internal static class PictureFormats
{
    public static PictureFormat Of(ReadOnlySpan<byte> file) =>
        file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? PictureFormat.Jpeg
        : file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]) ? PictureFormat.Png
        : file.StartsWith("RIFF"u8) && file.Length >= 12 && file[8..].StartsWith("WEBP"u8) ? PictureFormat.WebP
        : file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8) ? PictureFormat.Gif
        : file.StartsWith("BM"u8) ? PictureFormat.Bmp
        : file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8) ? PictureFormat.Tiff
        : PictureFormat.Unknown;

    /// <summary>The message for an unsupported format.</summary>
    public static string Refusal(ReadOnlySpan<byte> file, string name) =>
        file.IsEmpty ? $"{name} is empty."
        : file.Length >= 12 && file[4..].StartsWith("ftyp"u8)
            ? $"{name} is an AVIF or HEIF picture, which is not supported: save it as JPEG, PNG or WebP."
        : $"{name} is not a supported picture (JPEG, PNG, WebP, GIF, BMP, TIFF).";
}
