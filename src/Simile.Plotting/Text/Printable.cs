using System.Text;

namespace Simile.Plotting.Text;

/// <summary>Text on one line, without what has no place in a picture or in XML: control characters, halves of surrogate pairs.</summary>
internal static class Printable
{
    public static string Of(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // EnumerateRunes gives U+FFFD for half a pair. U+FFFE and U+FFFF are not characters of XML.
            _ = rune.Value is 0xFFFE or 0xFFFF ? clean.Append('\uFFFD') : Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 ? clean.Append(' ') : clean.Append(rune.ToString());
        }

        return clean.ToString().Trim();
    }
}
