using System.Buffers;

namespace Simile.Documents;

/// <summary>Detects data that are not text, by their first bytes or their characters.</summary>
internal static class BinaryFormat
{
    private const int LeastEncoded = 200;
    private const int LeastEncodedLine = 40;

    private static readonly SearchValues<byte> Base64 =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_="u8);

    /// <summary>The reason why bytes are not read as text, and what to do; null if they may be text.</summary>
    public static string? Of(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xFF, 0xD8, 0xFF, ..] or [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] =>
            "it is a picture with the name of a text file: give it an extension such as .png, .jpg or .gif",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'h' or (byte)'m',
            (byte)'e' or (byte)'i', (byte)'i' or (byte)'v' or (byte)'f', _, ..] =>
            "it is a picture of an unsupported kind (HEIC): save it as JPEG or PNG",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'a', (byte)'v', (byte)'i', _, ..] =>
            "it is a picture of an unsupported kind (AVIF): save it as JPEG or PNG",
        [(byte)'%', (byte)'!', (byte)'P', (byte)'S', ..] => "it is PostScript, a program that draws pages: save it as PDF",
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] when bytes.IndexOf("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k"u8) >= 0 =>
            "it is encrypted: save it without its password",
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] =>
            "it is a document of Office 97–2003 or Outlook, which is not supported: save it as .docx, .xlsx, .pptx or .eml",
        [(byte)'S', (byte)'Q', (byte)'L', (byte)'i', (byte)'t', (byte)'e', (byte)' ', ..] => "it is an SQLite database, not text",
        [0x1F, 0x8B, ..] or [(byte)'P', (byte)'K', 3 or 5, 4 or 6, ..]
            or [(byte)'7', (byte)'z', 0xBC, 0xAF, ..] or [0xFD, (byte)'7', (byte)'z', (byte)'X', ..]
            or [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', ..]
            or [0x28, 0xB5, 0x2F, 0xFD, ..] or [(byte)'R', (byte)'a', (byte)'r', (byte)'!', ..] =>
            "it is a compressed archive: unpack it",
        _ when IsEncoded(bytes) => "it is encoded data (base64 or similar), not text",
        _ => null,
    };

    // Long lines of base64 digits only, with capital and small letters and numerals.
    private static bool IsEncoded(ReadOnlySpan<byte> bytes)
    {
        var (encoded, all) = (0L, 0L);
        var seen = 0;
        foreach (var range in bytes.Split((byte)'\n'))
        {
            var line = bytes[range].Trim((byte)'\r').Trim((byte)' ');
            all += line.Length;
            if ((line.Length >= LeastEncodedLine && !line.ContainsAnyExcept(Base64)) || IsUuencoded(line))
            {
                encoded += line.Length;
                seen |= (line.ContainsAnyInRange((byte)'A', (byte)'Z') ? 1 : 0)
                    | (line.ContainsAnyInRange((byte)'a', (byte)'z') ? 2 : 0) | (line.ContainsAnyInRange((byte)'0', (byte)'9') ? 4 : 0)
                    | (IsUuencoded(line) ? 7 : 0);
            }
        }

        return all >= LeastEncoded && encoded * 5 > all * 4 && seen == 7;
    }

    // A line of 45 bytes in uuencode: "M" and sixty characters from space to grave accent.
    private static bool IsUuencoded(ReadOnlySpan<byte> line) =>
        line.Length is 60 or 61 && line[0] == 'M' && !line.ContainsAnyExceptInRange((byte)' ', (byte)'`');
}
