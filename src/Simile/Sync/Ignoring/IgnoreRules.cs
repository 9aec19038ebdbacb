namespace Simile.Sync.Ignoring;

/// <summary>The rules of the ignore files in a folder and in those above it.</summary>
/// <remarks>
/// Precedence: .simileignore, .ignore, .gitignore, .git/info/exclude. Among files of one name the deepest with a match decides, and within
/// it the last line.
/// </remarks>
internal sealed class IgnoreRules
{
    private const long LargestFile = 4 << 20;

    private static readonly string[] FileNames = [".simileignore", ".ignore", ".gitignore", Path.Combine(".git", "info", "exclude")];

    private readonly IgnoreRules? _above;
    private readonly string _folder;
    private readonly int _depth;
    private readonly IgnorePattern[]?[] _patterns;

    private IgnoreRules(IgnoreRules? above, string folder, IgnorePattern[]?[] patterns)
    {
        (_above, _folder, _patterns) = (above, folder, patterns);
        _depth = Names(folder).Length;
    }

    /// <summary>
    /// The rules from the folders above a path: .gitignore files of its repository, .ignore and .simileignore files of any folder.
    /// </summary>
    public static IgnoreRules? Above(string path)
    {
        var folders = new Stack<string>();
        var isInRepository = false;
        for (var folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            folders.Push(folder);
            isInRepository |= Path.Exists(Path.Combine(folder, ".git"));
        }

        IgnoreRules? rules = null;
        var isBelowRepository = false;
        while (folders.TryPop(out var folder))
        {
            isBelowRepository |= isInRepository && Path.Exists(Path.Combine(folder, ".git"));
            rules = Read(rules, folder, isBelowRepository ? FileNames.Length : 2);
        }

        return rules;
    }

    /// <summary>The rules for the content of a folder, including its own ignore files.</summary>
    public static IgnoreRules? In(string folder, IgnoreRules? above) => Read(above, folder, FileNames.Length);

    /// <summary>Whether a file or folder is ignored.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    public bool IsIgnored(string path, bool isFolder)
    {
        var names = Names(path);
        for (var kind = 0; kind < FileNames.Length; kind++)
        {
            for (var rules = this; rules is not null; rules = rules._above)
            {
                if (rules.Last(kind, names.AsSpan(rules._depth), isFolder) is { } match)
                {
                    return !match.Includes;
                }
            }
        }

        return false;
    }

    private IgnorePattern? Last(int kind, ReadOnlySpan<string> names, bool isFolder)
    {
        var patterns = _patterns[kind] ?? [];
        for (var i = patterns.Length - 1; i >= 0; i--)
        {
            if (patterns[i].Matches(names, isFolder))
            {
                return patterns[i];
            }
        }

        return null;
    }

    private static IgnoreRules? Read(IgnoreRules? above, string folder, int kinds)
    {
        IgnorePattern[]?[]? patterns = null;
        for (var kind = 0; kind < kinds; kind++)
        {
            if (ReadFile(Path.Combine(folder, FileNames[kind])) is { Length: > 0 } read)
            {
                (patterns ??= new IgnorePattern[]?[FileNames.Length])[kind] = read;
            }
        }

        return patterns is null ? above : new IgnoreRules(above, folder, patterns);
    }

    private static IgnorePattern[]? ReadFile(string path)
    {
        try
        {
            return File.Exists(path) && new FileInfo(path).Length is > 0 and <= LargestFile
                ? [.. File.ReadLines(path).Select(IgnorePattern.Parse).OfType<IgnorePattern>()]
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string[] Names(string path) => path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
}
