using System.Collections.Concurrent;
using SkiaSharp;

namespace Simile.Plotting.Text;

/// <summary>Finds a font that has a character: among the font files on Linux, by the system's font manager elsewhere.</summary>
internal sealed class FontLibrary : IDisposable
{
    private const int MostFontsInFile = 16;
    private readonly List<FontFace> _opened = [];
    private readonly Queue<string> _files;
    private readonly ConcurrentDictionary<(int CodePoint, bool Japanese), FontFace?> _found = new();
    private readonly Lock _lock = new();
    private readonly bool _asksSystem;

    /// <summary>The fonts below some folders.</summary>
    /// <param name="folders">Searched in this order of preference.</param>
    /// <param name="asksSystem">Whether Skia's font manager is asked first.</param>
    public FontLibrary(IEnumerable<string> folders, bool asksSystem)
    {
        _files = new Queue<string>(FontFolders.Files(folders));
        _asksSystem = asksSystem;
    }

    /// <summary>The fonts of this machine, for the life of the process.</summary>
    public static FontLibrary OfMachine { get; } = new(FontFolders.All, asksSystem: true);

    /// <summary>The font for a character; null if no font has it.</summary>
    /// <param name="codePoint">A Unicode code point.</param>
    /// <param name="japanese">Whether Chinese characters take their Japanese form.</param>
    public FontFace? Find(int codePoint, bool japanese) =>
        _found.GetOrAdd((codePoint, japanese), key => Search(key.CodePoint, key.Japanese));

    public void Dispose() => _opened.ForEach(face => face.Dispose());

    private FontFace? Search(int codePoint, bool japanese)
    {
        lock (_lock)
        {
            return AskSystem(codePoint, japanese) ?? Opened(codePoint, japanese) ?? OpenUntil(codePoint, japanese);
        }
    }

    private FontFace? AskSystem(int codePoint, bool japanese)
    {
        var typeface = _asksSystem
            ? SKFontManager.Default.MatchCharacter(null, SKFontStyle.Normal, [japanese ? "ja" : "zh-Hans"], codePoint)
            : null;
        return typeface is null ? null : _opened.Find(face => face.Typeface.Equals(typeface)) ?? Keep(typeface);
    }

    private FontFace? OpenUntil(int codePoint, bool japanese)
    {
        while (_files.TryDequeue(out var file))
        {
            Open(file);
            if (Opened(codePoint, japanese) is { } face)
            {
                return face;
            }
        }

        return null;
    }

    private FontFace? Opened(int codePoint, bool japanese)
    {
        var first = _opened.Find(face => face.Has(codePoint));
        return first is null || !IsHan(first)
            ? first
            : _opened.Find(face => IsHan(face) && IsFor(face, japanese) && face.Has(codePoint)) ?? first;
    }

    private static bool IsHan(FontFace face) => face.Family.Contains("CJK", StringComparison.Ordinal);

    private static bool IsFor(FontFace face, bool japanese) => face.Family.EndsWith(japanese ? " JP" : " SC", StringComparison.Ordinal);

    // A font collection holds a font for each country.
    private void Open(string file)
    {
        var most = Path.GetExtension(file).EndsWith("tc", StringComparison.OrdinalIgnoreCase) ? MostFontsInFile : 1;
        for (var index = 0; index < most && SKTypeface.FromFile(file, index) is { } typeface; index++)
        {
            Keep(typeface);
        }
    }

    private FontFace Keep(SKTypeface typeface)
    {
        var face = new FontFace(typeface);
        _opened.Add(face);
        return face;
    }
}
