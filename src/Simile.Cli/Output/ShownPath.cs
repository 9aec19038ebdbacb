namespace Simile.Cli;

/// <summary>Formats paths for display.</summary>
internal static class ShownPath
{
    /// <summary>A full path below the current folder becomes relative to it. Other paths are unchanged.</summary>
    public static string Of(string path)
    {
        var here = Path.TrimEndingDirectorySeparator(Directory.GetCurrentDirectory());
        return path.Length > here.Length + 1 && path.StartsWith(here, StringComparison.Ordinal)
            && path[here.Length] == Path.DirectorySeparatorChar
            ? path[(here.Length + 1)..]
            : path;
    }
}
