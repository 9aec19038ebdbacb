namespace Simile.Sync.Ignoring;

/// <summary>A line of a .gitignore file, as in gitignore(5).</summary>
/// <remarks>
/// A path is matched name by name; <c>**</c> stands for any number of folders. The work is bounded by the product of the lengths.
/// </remarks>
internal sealed class IgnorePattern
{
    private const string AnyFolders = "**";

    private readonly string[] _names;
    private readonly bool _foldersOnly;

    private IgnorePattern(string[] names, bool foldersOnly, bool includes)
    {
        (_names, _foldersOnly, Includes) = (names, foldersOnly, includes);
    }

    /// <summary>Whether a match means that the file is not ignored: the line starts with an exclamation mark.</summary>
    public bool Includes { get; }

    /// <summary>A pattern; null for an empty line or a comment.</summary>
    public static IgnorePattern? Parse(string line)
    {
        var text = TrimEnd(line);
        if (text.Length == 0 || text[0] == '#')
        {
            return null;
        }

        var includes = text[0] == '!';
        text = includes ? text[1..] : text;
        var foldersOnly = text.EndsWith('/');
        text = foldersOnly ? text[..^1] : text;
        var names = text.TrimStart('/').Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (names.Length == 0)
        {
            return null;
        }

        return new IgnorePattern(text.Contains('/', StringComparison.Ordinal) ? names : [AnyFolders, .. names], foldersOnly, includes);
    }

    /// <summary>Whether the pattern matches a path.</summary>
    /// <param name="path">The parts of the path, relative to the folder of the ignore file.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    public bool Matches(ReadOnlySpan<string> path, bool isFolder)
    {
        if (_foldersOnly && !isFolder)
        {
            return false;
        }

        // On a mismatch, the last ** takes one more name.
        var (name, pattern, retryName, retryPattern) = (0, 0, -1, -1);
        while (name < path.Length)
        {
            if (pattern < _names.Length && _names[pattern] == AnyFolders)
            {
                if (pattern == _names.Length - 1)
                {
                    return true;
                }

                (retryName, retryPattern) = (name, ++pattern);
            }
            else if (pattern < _names.Length && Glob.Matches(_names[pattern], path[name]))
            {
                name++;
                pattern++;
            }
            else if (retryName >= 0)
            {
                (name, pattern) = (++retryName, retryPattern);
            }
            else
            {
                return false;
            }
        }

        return pattern == _names.Length;
    }

    // Trailing spaces are ignored unless escaped by a backslash.
    private static string TrimEnd(string line)
    {
        var end = line.AsSpan().TrimEnd("\r\n").Length;
        while (end > 0 && line[end - 1] is ' ' or '\t')
        {
            if (end > 1 && line[end - 2] == '\\')
            {
                break;
            }

            end--;
        }

        return line[..end];
    }
}
