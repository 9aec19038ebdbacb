namespace Simile.Sync.Walk;

/// <summary>Lists a folder: every name from the system, including entries that cannot be read.</summary>
internal static class FolderEntries
{
    /// <summary>The entries of a folder in ordinal order.</summary>
    /// <param name="folder">Its path for display.</param>
    /// <param name="raw">Its path in bytes if it is not UTF-8.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Reading the folder is not permitted.</exception>
    public static List<FoundEntry> Of(string folder, byte[]? raw)
    {
        var entries = raw is null ? Named(folder) : Raw(folder, raw, all: true);
        entries.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return entries;
    }

    private static List<FoundEntry> Named(string folder)
    {
        var entries = new List<FoundEntry>();
        var hasOtherNames = false;
        foreach (var entry in new DirectoryInfo(folder)
            .EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false }))
        {
            var sort = SortOf(entry);
            if (sort == FileSort.Unknown && RawFolder.IsSupported && entry.Name.Contains('\uFFFD', StringComparison.Ordinal))
            {
                hasOtherNames = true;
            }
            else
            {
                entries.Add(new FoundEntry(entry.Name, entry.FullName, sort));
            }
        }

        return hasOtherNames ? [.. entries, .. Raw(folder, RawFolder.Bytes(folder), all: false)] : entries;
    }

    private static List<FoundEntry> Raw(string folder, byte[] raw, bool all)
    {
        var entries = new List<FoundEntry>();
        foreach (var name in RawFolder.Names(raw))
        {
            if (all || !RawFolder.IsUtf8(name))
            {
                var (display, path) = (RawFolder.Display(name), RawFolder.Join(raw, name));
                entries.Add(new FoundEntry(display, Path.Join(folder, display), FileSorts.Of(path, follow: false)) { Raw = path });
            }
        }

        return entries;
    }

    private static FileSort SortOf(FileSystemInfo entry)
    {
        try
        {
            return entry.Attributes == (FileAttributes)(-1) ? FileSort.Unknown
                : entry.LinkTarget is not null ? FileSort.Link
                : entry is DirectoryInfo ? FileSort.Folder
                : ((FileInfo)entry).Length > 0 ? FileSort.File
                : FileSorts.Of(entry.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return FileSort.Unknown;
        }
    }
}
