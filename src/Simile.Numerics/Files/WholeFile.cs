namespace Simile.Numerics.Files;

/// <summary>Files that appear complete or not at all: written beside their place and then moved.</summary>
internal static class WholeFile
{
    /// <summary>Writes a file, replacing one of its name; where that fails, nothing is left of it.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no folder for it.</exception>
    public static void Write(string path, Action<FileStream> write)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder {folder} to write {Path.GetFileName(path)} to: make it first.");
        }

        var partial = path + ".partial";
        try
        {
            using (var stream = File.Create(partial))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }
}
