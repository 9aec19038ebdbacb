using System.Text;

namespace Simile.Plotting.Text;

/// <summary>Text on one line, without characters that a picture or XML cannot hold: control characters and lone surrogates.</summary>
internal static class Printable
{
    public static string Of(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // EnumerateRunes gives U+FFFD for a lone surrogate. U+FFFE and U+FFFF are not allowed in XML.
            _ = rune.Value is 0xFFFE or 0xFFFF ? clean.Append('\uFFFD')
                : Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 ? clean.Append(' ')
                : clean.Append(rune.ToString());
        }

        return clean.ToString().Trim();
    }
}
