using System.Text;

namespace Simile.Documents.Encodings;

/// <summary>Encodings that represent other letters by ASCII escape sequences: their bytes are valid UTF-8, but gibberish.</summary>
internal static class EscapedEncodings
{
    /// <summary>The encoding; null if the bytes are plain text.</summary>
    public static Encoding? Of(ReadOnlySpan<byte> bytes)
    {
        if (!Ascii.IsValid(bytes))
        {
            return null;
        }

        return bytes.IndexOf((byte)0x1B) >= 0 && Iso2022(bytes) is { } codePage ? TextEncodings.Of(codePage)
            : IsHz(bytes) ? TextEncodings.Of(52936)
            : Utf7.Is(bytes) && IsLikely(new Utf7(), bytes) ? new Utf7()
            : null;
    }

    private static int? Iso2022(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOf("\x1B$)C"u8) >= 0 ? 50225
        : bytes.IndexOf("\x1B$)A"u8) >= 0 || bytes.IndexOf("\x1B$)G"u8) >= 0 ? 50227
        : bytes.IndexOf("\x1B$B"u8) >= 0 || bytes.IndexOf("\x1B$@"u8) >= 0 || bytes.IndexOf("\x1B(J"u8) >= 0
            || bytes.IndexOf("\x1B(I"u8) >= 0 || bytes.IndexOf("\x1B$(D"u8) >= 0
            ? 50220
        : null;

    // RFC 1843: Chinese is between ~{ and ~}, two bytes per character.
    private static bool IsHz(ReadOnlySpan<byte> bytes)
    {
        var start = bytes.IndexOf("~{"u8);
        return start >= 0 && bytes[start..].IndexOf("~}"u8) is > 2 and var length
            && length % 2 == 0 && IsLikely(TextEncodings.Of(52936), bytes);
    }

    private static bool IsLikely(Encoding encoding, ReadOnlySpan<byte> bytes) =>
        EncodingGuess.IsBetter(encoding, TextEncodings.Of(20127), bytes);
}
