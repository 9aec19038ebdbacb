using System.Globalization;
using System.Text;
using HarfBuzzSharp;

namespace Simile.Plotting.Text;

/// <summary>The warning that no font has some characters.</summary>
internal static class MissingFonts
{
    private static readonly Dictionary<Script, string> Packages = new()
    {
        [Script.Han] = "fonts-noto-cjk",
        [Script.Hiragana] = "fonts-noto-cjk",
        [Script.Katakana] = "fonts-noto-cjk",
        [Script.Hangul] = "fonts-noto-cjk",
    };

    public static string Sentence(IEnumerable<int> codePoints)
    {
        const int Named = 4;
        var points = codePoints.ToList();
        var names = string.Join(", ", points.Take(Named).Select(point => string.Create(CultureInfo.InvariantCulture, $"U+{point:X4}")));
        var others = points.Count > Named
            ? string.Create(CultureInfo.InvariantCulture, $" and {points.Count - Named:N0} more")
            : string.Empty;
        var packages = points.Where(Rune.IsValid)
            .Select(point => Packages.GetValueOrDefault(UnicodeFunctions.Default.GetScript((uint)point), "fonts-noto-core"))
            .Distinct()
            .Order();
        return $"No font of this machine has {names}{others}: boxes with the code points replace them. "
            + $"Install fonts (Debian: {string.Join(", ", packages)}) " +
            "or name a folder with font files in SIMILE_FONTS; SVG and HTML keep the text for the fonts of the viewer.";
    }
}
