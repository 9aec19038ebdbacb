namespace Simile.Cli;

/// <summary>Files and folders as a person typed them, and what is below them named the same way: what is relative stays relative.</summary>
internal sealed class GivenPaths
{
    private readonly (string Given, string Full)[] _paths;

    /// <exception cref="FileNotFoundException">One of them does not exist.</exception>
    public GivenPaths(IEnumerable<string> paths)
    {
        _paths = [.. paths.Select(path => (path, Path.TrimEndingDirectorySeparator(Path.GetFullPath(File(path)))))];
        if (_paths.FirstOrDefault(path => !Path.Exists(path.Full)).Given is { } missing)
        {
            throw new FileNotFoundException($"There is no file or folder {missing}.");
        }
    }

    // A single - is standard input, which Unix has among its files.
    private static string File(string path) =>
        path != "-" ? path
        : OperatingSystem.IsWindows() ? throw new ArgumentException("Standard input cannot be read here: save it in a file and name that.")
        : "/dev/stdin";

    public string[] Full => [.. _paths.Select(path => path.Full)];

    /// <summary>A file that was found, as the person would name it.</summary>
    public string Name(string full)
    {
        foreach (var (given, root) in _paths)
        {
            if (full == root)
            {
                return given;
            }

            if (full.StartsWith(root, StringComparison.Ordinal) && (Path.EndsInDirectorySeparator(root) || full[root.Length] == Path.DirectorySeparatorChar))
            {
                return Path.Join(given, full[root.Length..].TrimStart(Path.DirectorySeparatorChar));
            }
        }

        return full;
    }

    public override string ToString() => string.Join(", ", _paths.Select(path => path.Given));
}
