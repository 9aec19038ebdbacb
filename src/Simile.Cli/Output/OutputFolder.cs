namespace Simile.Cli;

/// <summary>The folder that a verb writes.</summary>
internal static class OutputFolder
{
    /// <summary>Refuses the path of a file before any work is done.</summary>
    /// <exception cref="IOException">The path is a file.</exception>
    public static string Require(string path) => File.Exists(path)
        ? throw new IOException($"{path} is a file: name a folder to write.")
        : path;
}
