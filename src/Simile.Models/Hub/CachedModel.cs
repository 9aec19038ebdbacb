namespace Simile.Models;

/// <summary>A model in the hub's cache.</summary>
/// <param name="Name">Owner and name.</param>
/// <param name="Folder">The folder of its snapshot.</param>
/// <param name="Bytes">What it takes on the disk, all revisions and unfinished files together.</param>
/// <param name="LastUsed">When one of its files was last read, in UTC, as far as the file system notes it.</param>
public sealed record CachedModel(string Name, string Folder, long Bytes, DateTime LastUsed)
{
    internal static CachedModel Of(string name, string repository, string folder)
    {
        var files = Contents(repository).ToArray();
        return new CachedModel(name, folder, files.Sum(file => file.Length), files.Select(file => file.LastAccessTimeUtc).DefaultIfEmpty(Directory.GetLastWriteTimeUtc(folder)).Max());
    }

    internal static long Size(string repository) => Contents(repository).Sum(file => file.Length);

    // Links take no room; where there are none, the files of the snapshots are the contents.
    private static IEnumerable<FileInfo> Contents(string repository) =>
        new DirectoryInfo(repository).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint });
}
