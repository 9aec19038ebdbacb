namespace Simile.Cli;

/// <summary>Paths as people are shown them.</summary>
internal static class ShownPath
{
    /// <summary>A full path below the current folder is relative to it; any other path stays as it is.</summary>
    public static string Of(string path)
    {
        var here = Path.TrimEndingDirectorySeparator(Directory.GetCurrentDirectory());
        return path.Length > here.Length + 1 && path.StartsWith(here, StringComparison.Ordinal) && path[here.Length] == Path.DirectorySeparatorChar
            ? path[(here.Length + 1)..]
            : path;
    }
}
