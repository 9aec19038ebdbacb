using System.Buffers.Binary;
using System.IO.Compression;

namespace Simile.Imaging.Decoders;

/// <summary>Reads a file's orientation from its EXIF block, or else from its XMP text.</summary>
internal static class PictureMetadata
{
    private const int LongestXmp = 1 << 20;

    /// <summary>1 to 8; 1 (no turn) if it is missing, invalid or in a damaged block.</summary>
    public static int Orientation(ReadOnlySpan<byte> file, PictureFormat format)
    {
        ReadOnlySpan<byte> exif = [];
        ReadOnlySpan<byte> xmp = [];
        switch (format)
        {
            case PictureFormat.Jpeg:
                FindInJpeg(file, ref exif, ref xmp);
                break;
            case PictureFormat.Png:
                FindInPng(file, ref exif, ref xmp);
                break;
            case PictureFormat.WebP:
                FindInWebP(file, ref exif, ref xmp);
                break;
            case PictureFormat.Tiff:
                exif = file;
                break;
        }

        var orientation = Exif.Orientation(exif) ?? FromXmp(xmp) ?? 1;
        return orientation is >= 1 and <= 8 ? orientation : 1;
    }

    private static void FindInJpeg(ReadOnlySpan<byte> file, ref ReadOnlySpan<byte> exif, ref ReadOnlySpan<byte> xmp)
    {
        const byte App1 = 0xE1;
        const byte StartOfScan = 0xDA;
        var exifPrefix = "Exif\0\0"u8;
        var xmpPrefix = "http://ns.adobe.com/xap/1.0/\0"u8;
        var markers = new JpegMarkers(file);
        while (markers.Next() && markers.Marker != StartOfScan)
        {
            if (markers.Marker == App1 && exif.IsEmpty && markers.Content.StartsWith(exifPrefix))
            {
                exif = markers.Content[exifPrefix.Length..];
            }
            else if (markers.Marker == App1 && xmp.IsEmpty && markers.Content.StartsWith(xmpPrefix))
            {
                xmp = markers.Content[xmpPrefix.Length..];
            }
        }
    }

    private static void FindInPng(ReadOnlySpan<byte> file, ref ReadOnlySpan<byte> exif, ref ReadOnlySpan<byte> xmp)
    {
        ReadOnlySpan<byte> raw = [];
        for (var at = 8; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - 12)
            {
                break;
            }

            var content = file.Slice(at + 8, (int)length);
            var type = file.Slice(at + 4, 4);
            if (type.SequenceEqual("eXIf"u8))
            {
                exif = WithoutPrefix(content);
            }
            else if (type.SequenceEqual("iTXt"u8) && content.StartsWith("XML:com.adobe.xmp\0"u8))
            {
                xmp = InternationalText(content);
            }
            else if (exif.IsEmpty && IsRawProfile(content))
            {
                raw = RawProfile(type, content);
            }

            at += 12 + (int)length;
        }

        exif = exif.IsEmpty ? raw : exif;
    }

    private static bool IsRawProfile(ReadOnlySpan<byte> content) =>
        content.StartsWith("Raw profile type exif\0"u8) || content.StartsWith("Raw profile type APP1\0"u8);

    // ImageMagick and exiftool write EXIF as text: a line each for the start, the name and the length, then the bytes in hexadecimal.
    private static ReadOnlySpan<byte> RawProfile(ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        var rest = content[(content.IndexOf((byte)0) + 1)..];
        var text = type.SequenceEqual("zTXt"u8) ? Unpacked(rest.IsEmpty ? rest : rest[1..])
            : type.SequenceEqual("iTXt"u8) ? InternationalText(content)
            : rest;
        for (var line = 0; line < 3; line++)
        {
            text = text[(text.IndexOf((byte)'\n') + 1)..];
        }

        var digits = System.Text.Encoding.Latin1.GetString(text).ReplaceLineEndings(string.Empty).Trim('\0', ' ');
        return digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit) ? WithoutPrefix(Convert.FromHexString(digits)) : [];
    }

    private static void FindInWebP(ReadOnlySpan<byte> file, ref ReadOnlySpan<byte> exif, ref ReadOnlySpan<byte> xmp)
    {
        for (var at = 12; at + 8 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            if (length > file.Length - at - 8)
            {
                return;
            }

            var content = file.Slice(at + 8, (int)length);
            var type = file.Slice(at, 4);
            if (type.SequenceEqual("EXIF"u8))
            {
                exif = WithoutPrefix(content);
            }
            else if (type.SequenceEqual("XMP "u8))
            {
                xmp = content;
            }

            at += 8 + (int)length + (int)(length & 1);
        }
    }

    private static ReadOnlySpan<byte> WithoutPrefix(ReadOnlySpan<byte> exif) => exif.StartsWith("Exif\0\0"u8) ? exif[6..] : exif;

    // Keyword 0, compressed?, method, language 0, translated keyword 0, text.
    private static ReadOnlySpan<byte> InternationalText(ReadOnlySpan<byte> content)
    {
        var rest = content[(content.IndexOf((byte)0) + 1)..];
        if (rest.Length < 2)
        {
            return [];
        }

        var isCompressed = rest[0] != 0;
        rest = rest[2..];
        for (var i = 0; i < 2; i++)
        {
            rest = rest[(rest.IndexOf((byte)0) + 1)..];
        }

        return isCompressed ? Unpacked(rest) : rest;
    }

    private static ReadOnlySpan<byte> Unpacked(ReadOnlySpan<byte> packed)
    {
        try
        {
            using var stream = new ZLibStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
            var text = new byte[LongestXmp];
            return text.AsSpan(0, stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false));
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }

    // XMP holds the orientation as an attribute (tiff:Orientation="6") or as an element (<tiff:Orientation>6</tiff:Orientation>).
    private static int? FromXmp(ReadOnlySpan<byte> xmp)
    {
        var name = "tiff:Orientation"u8;
        while (xmp.IndexOf(name) is >= 0 and var at)
        {
            xmp = xmp[(at + name.Length)..];
            var value = xmp.StartsWith("=\""u8) ? xmp[2..] : xmp.StartsWith(">"u8) ? xmp[1..] : [];
            if (!value.IsEmpty && char.IsAsciiDigit((char)value[0]))
            {
                return value[0] - '0';
            }
        }

        return null;
    }
}
