using System.Security.Cryptography;

namespace Simile.Models;

/// <summary>
/// Creates the snapshot of a commit after all its contents are downloaded: a folder of relative links, or of copies if links are not
/// possible.
/// </summary>
/// <remarks>
/// A new snapshot appears complete, by one rename. An existing snapshot with fewer files gets the missing files one by one: weights last,
/// and the index of sharded weights after them. Until then it holds no weights that could be loaded.
/// </remarks>
internal sealed class SnapshotWriter(HubRepository place, string commit, bool noLinks)
{
    private const string Begin = ".new-";
    private static readonly TimeSpan Leftover = TimeSpan.FromHours(1);
    private bool _noLinks = noLinks;

    /// <summary>Adds files whose contents are among the blobs.</summary>
    /// <returns>The folder.</returns>
    public string Write(IReadOnlyList<RepositoryFile> files)
    {
        DeleteLeftovers();
        var folder = place.Snapshot(commit);
        var uses = files.GroupBy(file => file.Etag!).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var ordered = files.OrderBy(Order).ToArray();
        if (Directory.Exists(folder) || !TryWriteWhole(folder, ordered, uses))
        {
            Array.ForEach(ordered, file => Add(folder, file, uses));
        }

        FolderSync.Flush(folder);
        return folder;
    }

    /// <summary>Whether the snapshot holds a file already.</summary>
    public bool Has(RepositoryFile file) =>
        new FileInfo(Path.Combine(place.Snapshot(commit), file.Path)) is { Exists: true } info
        && (info.LinkTarget is { } target
            ? Path.GetFileName(target) == file.Etag && SnapshotContent.IsThere(info)
            : file.Bytes is null || info.Length == file.Bytes);

    private bool TryWriteWhole(string folder, RepositoryFile[] files, Dictionary<string, int> uses)
    {
        Directory.CreateDirectory(place.Snapshots);
        var begun = Path.Combine(place.Folder, Begin + RandomNumberGenerator.GetHexString(8, lowercase: true));
        try
        {
            Array.ForEach(files, file => Add(begun, file, uses));
            Directory.Move(begun, folder);
            FolderSync.Flush(place.Snapshots);
            return true;
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            return false; // another process was first
        }
        finally
        {
            if (Directory.Exists(begun))
            {
                Directory.Delete(begun, recursive: true);
            }
        }
    }

    private void Add(string folder, RepositoryFile file, Dictionary<string, int> uses)
    {
        var (path, blob) = (Path.Combine(folder, file.Path), place.Blob(file.Etag!));
        if (SnapshotContent.IsThere(new FileInfo(path)))
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(path); // a dangling link
        if (!TryLink(path, Path.Combine(
            Path.GetRelativePath(Path.GetDirectoryName(Path.Combine(place.Snapshot(commit), file.Path))!, place.Blobs), file.Etag!)))
        {
            Take(blob, path, uses[file.Etag!]-- == 1);
        }
    }

    private bool TryLink(string path, string target)
    {
        if (_noLinks)
        {
            return false;
        }

        try
        {
            File.CreateSymbolicLink(path, target);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            // Another process created it, or the user may not create links on Windows, or the file system does not support links.
            _noLinks = !SnapshotContent.IsThere(new FileInfo(path));
            return !_noLinks;
        }
    }

    // As in the Python client, the last use of a blob moves it instead of copying, so that nothing is stored twice.
    private static void Take(string blob, string path, bool isLast)
    {
        if (isLast)
        {
            File.Move(blob, path, overwrite: true);
            return;
        }

        using var whole = new WholeFile(path);
        using (var source = File.OpenRead(blob))
        {
            source.CopyTo(whole.Stream);
        }

        whole.Commit();
    }

    private static int Order(RepositoryFile file) =>
        file.Name.EndsWith(".index.json", StringComparison.Ordinal) ? 2
        : FileSelection.IsOfTokenizer(file) || file.Name.EndsWith(".json", StringComparison.Ordinal) ? 0
        : 1;

    private void DeleteLeftovers()
    {
        foreach (var folder in Directory.Exists(place.Folder) ? Directory.EnumerateDirectories(place.Folder, Begin + "*") : [])
        {
            if (DateTime.UtcNow - Directory.GetLastWriteTimeUtc(folder) > Leftover)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
