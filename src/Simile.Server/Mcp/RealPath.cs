namespace Simile.Server.Mcp;

/// <summary>Follows the symbolic links in every part of a path.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <exception cref="IOException">The links lead in a circle.</exception>
    public static string Of(string path) => Of(path, 0);

    private static string Of(string path, int links)
    {
        if (links > MostLinks)
        {
            throw new IOException("The links of a path lead in a circle.");
        }

        var current = Path.GetPathRoot(path)!;
        foreach (var part in path[current.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(current, part);
            current = new FileInfo(next).LinkTarget is { } target ? Of(Path.GetFullPath(target, current), links + 1) : next;
        }

        return current;
    }
}
