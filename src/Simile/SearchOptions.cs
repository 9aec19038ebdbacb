namespace Simile;

/// <summary>What a search of a <see cref="Corpus"/> answers.</summary>
public sealed record SearchOptions
{
    /// <summary>How many hits at most, at least 1.</summary>
    public int Top { get; init; } = 10;

    /// <summary>The kinds that are searched; null for all that the model knows.</summary>
    public IReadOnlyCollection<MediaKind>? Kinds { get; init; }

    /// <summary>Files and folders that hits must lie in; null for everywhere.</summary>
    public IReadOnlyCollection<string>? Below { get; init; }

    /// <summary>Which files, by their full paths, may be answered; null for all.</summary>
    public Func<string, bool>? Where { get; init; }

    /// <summary>Both filters as one; null where there is none.</summary>
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
