namespace Simile;

/// <summary>Options of a search in a <see cref="Corpus"/>.</summary>
public sealed record SearchOptions
{
    /// <summary>Maximum number of hits, at least 1.</summary>
    public int Top { get; init; } = 10;

    /// <summary>
    /// What a search by text compares. Other queries, and stores that an earlier version made and nobody wrote to since, are searched by
    /// vectors.
    /// </summary>
    public SearchMode Mode { get; init; } = SearchMode.Hybrid;

    /// <summary>The kinds to search; null for all kinds of the model.</summary>
    public IReadOnlyCollection<MediaKind>? Kinds { get; init; }

    /// <summary>Files and folders that contain the hits; null for no restriction.</summary>
    public IReadOnlyCollection<string>? Below { get; init; }

    /// <summary>A filter on full paths of files; null for no filter.</summary>
    public Func<string, bool>? Where { get; init; }

    /// <summary>Both filters combined; null if there is none.</summary>
    internal Func<string, bool>? Filter()
    {
        if (Below is null)
        {
            return Where;
        }

        string[] roots = [.. Below.Select(path => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)))];
        return path => Array.Exists(roots, root => IsBelow(path, root)) && Where?.Invoke(path) != false;
    }

    private static bool IsBelow(string path, string root) =>
        path.StartsWith(root, StringComparison.Ordinal)
        && (path.Length == root.Length || Path.EndsInDirectorySeparator(root) || path[root.Length] == Path.DirectorySeparatorChar);
}
