using System.Text;
using System.Text.Unicode;
using Simile.Documents.Encodings;

namespace Simile.Documents;

/// <summary>Decodes a file to text, in any encoding.</summary>
/// <remarks>
/// The encoding comes from a byte order mark, or else from the caller, the file's declaration, UTF-8 if the bytes
/// are valid, or the most probable encoding. Each invalid byte costs one character.
/// </remarks>
internal static class TextDecoder
{
    private const int Utf8CodePage = 65001;

    // With more replaced characters than one in this many, the encoding is wrong or the file is not text.
    private const int MostReplaced = 20;

    /// <summary>The text without a byte order mark, or the reason why there is none.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="mediaType">Determines where the file may declare its encoding.</param>
    /// <param name="given">The caller's encoding; null to detect it.</param>
    public static DecodedText Decode(ReadOnlySpan<byte> bytes, string mediaType = MediaType.PlainText, Encoding? given = null)
    {
        if (MarkOf(bytes) is { } mark)
        {
            return Read(bytes[mark.Length..], TextEncodings.Of(mark.CodePage), string.Empty);
        }

        if (BinaryFormat.Of(bytes) is { } binary)
        {
            return DecodedText.Refused(binary);
        }

        if (given is not null)
        {
            return Read(bytes, given, string.Empty);
        }

        if (Declared(bytes, mediaType) is { } declared)
        {
            return Read(bytes, declared, string.Empty);
        }

        return EscapedEncodings.Of(bytes) is { } escaped ? Read(bytes, escaped, Said(escaped))
            : Utf8.IsValid(bytes) && !EncodingGuess.HasManyControls(bytes) ? Read(bytes, TextEncodings.Of(Utf8CodePage), string.Empty)
            : Guess(bytes);
    }

    private static (int CodePage, int Length)? MarkOf(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Utf8CodePage, 3),
        [0xFF, 0xFE, 0, 0, ..] when bytes.Length % 4 == 0 => (12000, 4),
        [0, 0, 0xFE, 0xFF, ..] => (12001, 4),
        [0xFF, 0xFE, ..] => (1200, 2),
        [0xFE, 0xFF, ..] => (1201, 2),
        [0x84, 0x31, 0x95, 0x33, ..] => (54936, 4),
        _ => null,
    };

    private static Encoding? Declared(ReadOnlySpan<byte> bytes, string mediaType)
    {
        // A declaration that is readable as single bytes excludes UTF-16.
        if (DeclaredEncoding.Of(bytes, mediaType) is not { } name || TextEncodings.Named(name) is not { } encoding
            || encoding.CodePage is 1200 or 1201 or 12000 or 12001)
        {
            return null;
        }

        // A page saved in another encoding may keep the old declaration.
        var isUtf8 = Utf8.IsValid(bytes);
        return encoding.CodePage == Utf8CodePage ? isUtf8 ? encoding : null
            : isUtf8 && !Ascii.IsValid(bytes) && EncodingGuess.IsBetter(TextEncodings.Of(Utf8CodePage), encoding, bytes) ? null
            : encoding;
    }

    private static DecodedText Guess(ReadOnlySpan<byte> bytes) => EncodingGuess.Of(bytes) is { } encoding
        ? Read(bytes, encoding, encoding.CodePage == Utf8CodePage ? string.Empty : Said(encoding))
        : DecodedText.Refused("it is binary, not text");

    private static DecodedText Read(ReadOnlySpan<byte> bytes, Encoding encoding, string remark)
    {
        var text = encoding.GetString(bytes).Replace('\0', '\uFFFD');
        var meant = encoding.CodePage == Utf8CodePage ? Count(bytes, "\uFFFD"u8) : 0;
        var replaced = text.AsSpan().Count('\uFFFD') - meant;
        if (replaced <= 0)
        {
            return new DecodedText(text, remark);
        }

        if (replaced > 1 && replaced * (long)MostReplaced > text.Length)
        {
            return DecodedText.Refused(
                $"it is not {TextEncodings.NameOf(encoding)}, or damaged: {replaced:N0} of its characters cannot be read; "
                + "--encoding names another encoding");
        }

        var line = new LineCounter(text).LineOf(text.IndexOf('\uFFFD', StringComparison.Ordinal));
        var damage = $"{(replaced == 1 ? "a character" : $"{replaced:N0} characters")} could not be read "
            + $"as {TextEncodings.NameOf(encoding)} and became U+FFFD, the first in line {line}";
        return new DecodedText(text, remark.Length == 0 ? damage : $"{remark}; {damage}");
    }

    private static int Count(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> sequence) => bytes.Count(sequence);

    private static string Said(Encoding encoding) =>
        $"it does not say its encoding and was read as {TextEncodings.NameOf(encoding)}; --encoding names another";
}
