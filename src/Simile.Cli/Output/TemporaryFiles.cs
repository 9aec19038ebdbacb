using System.Collections.Concurrent;

namespace Simile.Cli;

/// <summary>Files that are being written under another name. None is left behind, even where work does not stop in time.</summary>
internal static class TemporaryFiles
{
    private static readonly ConcurrentDictionary<string, bool> Paths = new(StringComparer.Ordinal);

    /// <summary>A name beside the file to come, remembered until <see cref="Drop"/>.</summary>
    public static string NameFor(string path)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        Paths[temporary] = true;
        return temporary;
    }

    /// <summary>Closes such a file and deletes it where it still has its temporary name.</summary>
    public static void Drop(FileStream file)
    {
        try
        {
            file.Dispose();
        }
        catch (Exception e) when (e is IOException or ArgumentOutOfRangeException)
        {
            // What is still in the buffer cannot be written, and nobody needs it.
        }

        File.Delete(file.Name);
        Paths.TryRemove(file.Name, out _);
    }

    /// <summary>Deletes what is still there. The process ends afterwards.</summary>
    public static void Delete()
    {
        foreach (var path in Paths.Keys)
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It stays; there is nobody left to act on it.
            }
        }
    }
}
