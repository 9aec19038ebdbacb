using System.Text;
using System.Text.RegularExpressions;

namespace Simile.Documents.Encodings;

/// <summary>The encoding that a file declares: web pages, XML, style sheets and source code have a place for it.</summary>
internal static partial class DeclaredEncoding
{
    private const int Places = 4096;

    /// <summary>The declared name; null if there is none.</summary>
    public static string? Of(ReadOnlySpan<byte> bytes, string mediaType)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, Places)]);
        var match = Xml().Match(head);
        if (!match.Success && mediaType is MediaType.Html or MediaType.Xhtml)
        {
            match = Meta().Match(Comments().Replace(head, string.Empty));
        }
        else if (!match.Success && mediaType == MediaType.SourceCode)
        {
            match = StyleSheet().Match(head) is { Success: true } style ? style : Cookie().Match(head);
        }

        return match.Success ? match.Groups["name"].Value : null;
    }

    [GeneratedRegex("""\A\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["'](?<name>[A-Za-z0-9._:-]+)["']""")]
    private static partial Regex Xml();

    // <meta charset=NAME> and <meta http-equiv=content-type content="text/html; charset=NAME">.
    [GeneratedRegex("""<meta\s[^>]{0,400}?charset\s*=\s*["']?\s*(?<name>[A-Za-z0-9._:-]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Meta();

    [GeneratedRegex("<!--.*?(-->|$)", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex("""\A@charset "(?<name>[A-Za-z0-9._:-]+)";""")]
    private static partial Regex StyleSheet();

    // PEP 263, and the declarations of Emacs and Vim.
    [GeneratedRegex("""\A(?:[^\n]*\n)?[^\n]*?(?:#|//|;|--|%|\*)[^\n]*?\b(?:file)?(?:en)?coding[:=][ \t]*(?<name>[-\w.]+)""")]
    private static partial Regex Cookie();
}
