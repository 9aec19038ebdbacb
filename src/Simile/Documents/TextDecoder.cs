using System.Text;

namespace Simile.Documents;

/// <summary>Bytes of a file to text: UTF-8, or UTF-16 with its byte order mark.</summary>
internal static class TextDecoder
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text without byte order mark, or why there is none.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out string text, out string reason)
    {
        try
        {
            reason = string.Empty;
            text = bytes switch
            {
                [0xFF, 0xFE, 0, 0, ..] => Refuse("it is UTF-32; convert it to UTF-8: iconv -f UTF-32 -t UTF-8", out reason),
                [0xEF, 0xBB, 0xBF, .. var rest] => DecodeUtf8(rest, out reason),
                [0xFF, 0xFE, .. var rest] => new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true).GetString(rest),
                [0xFE, 0xFF, .. var rest] => new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true).GetString(rest),
                _ => DecodeUtf8(bytes, out reason),
            };
        }
        catch (DecoderFallbackException)
        {
            text = Refuse("its UTF-16 is damaged; save it again as UTF-8", out reason);
        }

        return reason.Length == 0;
    }

    private static string DecodeUtf8(ReadOnlySpan<byte> bytes, out string reason)
    {
        reason = string.Empty;
        if (bytes.Contains((byte)0))
        {
            return Refuse(
                LooksLikeUtf16(bytes) ? "it is UTF-16 without a byte order mark; convert it to UTF-8: iconv -f UTF-16LE -t UTF-8" : Binary(bytes),
                out reason);
        }

        if (!System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return Refuse(Guess(bytes), out reason);
        }

        return Utf8.GetString(bytes);
    }

    private static string Binary(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xFF, 0xD8, 0xFF, ..] or [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] =>
            "it is a picture under the name of a text: give its name an ending such as .png, .jpg or .gif",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'h' or (byte)'m', (byte)'e' or (byte)'i', (byte)'i' or (byte)'v' or (byte)'f', _, ..] =>
            "it is a picture of a kind that is not read (HEIC): save it as JPEG or PNG",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'a', (byte)'v', (byte)'i', _, ..] =>
            "it is a picture of a kind that is not read (AVIF): save it as JPEG or PNG",
        _ => "it is binary, not text",
    };

    // Text of a Latin script has a zero in every other byte and hardly any elsewhere.
    private static bool LooksLikeUtf16(ReadOnlySpan<byte> bytes)
    {
        var sample = bytes[..Math.Min(bytes.Length, 4096)];
        var (even, odd) = (0, 0);
        for (var i = 0; i < sample.Length; i++)
        {
            even += sample[i] == 0 && i % 2 == 0 ? 1 : 0;
            odd += sample[i] == 0 && i % 2 == 1 ? 1 : 0;
        }

        return Math.Max(even, odd) * 4 > sample.Length && Math.Min(even, odd) * 50 < sample.Length;
    }

    // Western texts have single accented letters among ASCII; other scripts have runs of high bytes.
    private static string Guess(ReadOnlySpan<byte> bytes)
    {
        var (high, alone) = (0, 0);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] >= 0x80)
            {
                high++;
                alone += (i == 0 || bytes[i - 1] < 0x80) && (i + 1 == bytes.Length || bytes[i + 1] < 0x80) ? 1 : 0;
            }
        }

        return alone * 2 > high
            ? "it is not UTF-8 (it looks like Latin-1 or Windows-1252); convert it: iconv -f WINDOWS-1252 -t UTF-8"
            : "it is not UTF-8 (it looks like GBK, Shift_JIS, Windows-1251 or a damaged file); convert it with iconv -f ITS-ENCODING -t UTF-8";
    }

    private static string Refuse(string why, out string reason)
    {
        reason = why;
        return string.Empty;
    }
}
