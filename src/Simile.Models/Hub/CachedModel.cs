namespace Simile.Models;

/// <summary>A model in the hub's cache.</summary>
/// <param name="Name">Owner and name.</param>
/// <param name="Folder">The folder of its snapshot.</param>
/// <param name="Bytes">Its size on disk, including all revisions and unfinished downloads.</param>
/// <param name="LastUsed">When one of its files was last read, in UTC, if the file system records access times.</param>
public sealed record CachedModel(string Name, string Folder, long Bytes, DateTime LastUsed)
{
    internal static CachedModel Of(string name, string repository, string folder)
    {
        var files = Contents(repository).ToArray();
        return new CachedModel(name, folder, files.Sum(file => file.Length), files.Select(file => file.LastAccessTimeUtc)
            .DefaultIfEmpty(Directory.GetLastWriteTimeUtc(folder)).Max());
    }

    internal static long Size(string repository) => Contents(repository).Sum(file => file.Length);

    // Skip links, which take no space. If the file system has no links, the snapshots hold the contents themselves.
    private static IEnumerable<FileInfo> Contents(string repository) =>
        new DirectoryInfo(repository)
            .EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint });
}
