namespace Simile.Cli;

/// <summary>
/// Files and folders as the user typed them. Files below a folder are named in the same way: relative paths stay relative.
/// </summary>
internal sealed class GivenPaths
{
    private readonly (string Given, string Full)[] _paths;

    /// <exception cref="FileNotFoundException">A path does not exist.</exception>
    public GivenPaths(IEnumerable<string> paths)
    {
        _paths = [.. paths.Select(path => (path, Path.TrimEndingDirectorySeparator(Path.GetFullPath(File(path)))))];
        if (_paths.FirstOrDefault(path => !Path.Exists(path.Full)).Given is { } missing)
        {
            throw new FileNotFoundException($"The file or folder {missing} does not exist.");
        }
    }

    // A single - is standard input, which is a file on Unix.
    private static string File(string path) =>
        path != "-" ? path
        : OperatingSystem.IsWindows() ? throw new ArgumentException(
            "Standard input cannot be read here: save it to a file and give its path.")
        : "/dev/stdin";

    public string[] Full => [.. _paths.Select(path => path.Full)];

    /// <summary>A found file, named as the user would.</summary>
    public string Name(string full)
    {
        foreach (var (given, root) in _paths)
        {
            if (full == root)
            {
                return given;
            }

            if (full.StartsWith(root, StringComparison.Ordinal)
                && (Path.EndsInDirectorySeparator(root) || full[root.Length] == Path.DirectorySeparatorChar))
            {
                return Path.Join(given, full[root.Length..].TrimStart(Path.DirectorySeparatorChar));
            }
        }

        return full;
    }

    public override string ToString() => string.Join(", ", _paths.Select(path => path.Given));
}
