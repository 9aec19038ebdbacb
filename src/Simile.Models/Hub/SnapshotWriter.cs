using System.Security.Cryptography;

namespace Simile.Models;

/// <summary>Makes the snapshot of a commit once all its contents are there: a folder of relative links, or of copies where links cannot be made.</summary>
/// <remarks>
/// A new snapshot appears whole, by one rename. One that is there already, with fewer files, gets the others one by one, its weights last and the
/// index of weights in parts behind them: until then it holds no weights that a model could be loaded from.
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
        && (info.LinkTarget is { } target ? Path.GetFileName(target) == file.Etag && SnapshotContent.IsThere(info) : file.Bytes is null || info.Length == file.Bytes);

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
        File.Delete(path); // a link that leads nowhere
        if (!TryLink(path, Path.Combine(Path.GetRelativePath(Path.GetDirectoryName(Path.Combine(place.Snapshot(commit), file.Path))!, place.Blobs), file.Etag!)))
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
            // Another process made it; or Windows without the right to make links, or a file system without any.
            _noLinks = !SnapshotContent.IsThere(new FileInfo(path));
            return !_noLinks;
        }
    }

    // As the Python client does: a blob of its own becomes the file, so that nothing is there twice.
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

    private static int Order(RepositoryFile file) => file.Name.EndsWith(".index.json", StringComparison.Ordinal) ? 2 : FileSelection.IsOfTokenizer(file) || file.Name.EndsWith(".json", StringComparison.Ordinal) ? 0 : 1;

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
