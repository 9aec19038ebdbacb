namespace Simile.Plotting.Text;

/// <summary>The font files of the machine, the preferred ones first.</summary>
/// <remarks>Skia's Linux build without dependencies does not find system fonts, so the font files are searched here.</remarks>
internal static class FontFolders
{
    // Regular families of wide coverage come first, so that most letters of a picture use one family.
    private static readonly string[] Preferred =
    [
        "NotoSans-Regular", "DejaVuSans", "LiberationSans-Regular", "Arial", "Helvetica", "segoeui",
        "NotoSansCJK-Regular", "NotoSansSC-Regular", "NotoSansJP-Regular",
        "NotoSansKR-Regular", "SourceHanSans", "wqy-", "PingFang", "msyh", "Droid",
        "NotoSansArabic-Regular", "NotoNaskhArabic-Regular", "NotoSansThai-Regular", "NotoSansHebrew-Regular", "NotoSansDevanagari-Regular",
    ];

    private static readonly string[] Endings = [".ttf", ".otf", ".ttc", ".otc"];

    /// <summary>Folders in search order: SIMILE_FONTS, the user's, the system's.</summary>
    public static IEnumerable<string> All
    {
        get
        {
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            var data = Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } given
                ? given
                : Path.Combine(home, ".local", "share");
            string?[] folders =
            [
                Environment.GetEnvironmentVariable("SIMILE_FONTS"), Path.Combine(data, "fonts"),
                Path.Combine(home, ".fonts"), "/usr/local/share/fonts", "/usr/share/fonts",
                Path.Combine(home, "Library", "Fonts"), "/Library/Fonts", "/System/Library/Fonts",
                Environment.GetFolderPath(Environment.SpecialFolder.Fonts),
            ];
            return folders.OfType<string>().Where(folder => folder.Length > 0 && Directory.Exists(folder)).Distinct(StringComparer.Ordinal);
        }
    }

    /// <summary>Every font file below <paramref name="folders"/>; the order is the same on each run.</summary>
    public static string[] Files(IEnumerable<string> folders)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 8 };
        var files = folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*", options))
            .Where(file => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase));
        return [.. files.Distinct(StringComparer.Ordinal).OrderBy(Rank).ThenBy(file => file, StringComparer.Ordinal)];
    }

    private static int Rank(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var preferred = Array.FindIndex(Preferred, begin => name.StartsWith(begin, StringComparison.OrdinalIgnoreCase) && !IsStyled(name));
        return preferred >= 0
            ? preferred
            : Preferred.Length + (IsStyled(name) ? 2 : name.Contains("Serif", StringComparison.OrdinalIgnoreCase) ? 1 : 0);
    }

    private static bool IsStyled(string name) =>
        new[] { "Bold", "Italic", "Oblique", "Light", "Thin", "Black", "Medium", "Condensed", "Mono" }
            .Any(style => name.Contains(style, StringComparison.OrdinalIgnoreCase));
}
