namespace Simile.Cli;

/// <summary>The file that a verb writes.</summary>
internal static class OutputFile
{
    /// <summary>Refuses a path that is one of the files that the verb reads, before any work is done.</summary>
    /// <exception cref="IOException">The path is one of the inputs, directly or by links.</exception>
    public static string Require(string path, IEnumerable<string> inputs)
    {
        var target = Target(path);
        return inputs.Any(input => Target(input) == target)
            ? throw new IOException($"{path} is also an input, and would be overwritten: write another file.")
            : path;
    }

    private static string Target(string path) =>
        File.Exists(path)
            ? new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path)
            : Path.GetFullPath(path);
}
