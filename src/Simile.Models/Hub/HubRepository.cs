namespace Simile.Models;

/// <summary>The folder of one model in the hub's cache, laid out as the Python client does it.</summary>
/// <remarks>
/// <c>models--OWNER--NAME/blobs/ETAG</c> holds the contents, <c>snapshots/COMMIT/PATH</c> links to them, <c>refs/BRANCH</c> holds the
/// commit, <c>.no_exist/COMMIT/PATH</c> notes files that the hub does not have, <c>.locks/models--OWNER--NAME/ETAG.lock</c> beside the
/// folder is held during a download.
/// </remarks>
internal sealed class HubRepository
{
    private readonly string _cache;
    private readonly string _name;

    public HubRepository(string cache, string repository)
    {
        _cache = Path.GetFullPath(cache);
        _name = "models--" + repository.Replace("/", "--", StringComparison.Ordinal);
        Folder = Path.Combine(_cache, _name);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Where the lock files are.</summary>
    public string Locks => Path.Combine(_cache, ".locks", _name);

    /// <summary>Where the contents are.</summary>
    public string Blobs => Path.Combine(Folder, "blobs");

    /// <summary>Where the snapshots are.</summary>
    public string Snapshots => Path.Combine(Folder, "snapshots");

    public string Blob(string etag) => Path.Combine(Blobs, etag);

    public string Lock(string etag) => Path.Combine(Locks, etag + ".lock");

    public string Snapshot(string commit) => Path.Combine(Snapshots, commit);

    public string Ref(string revision) => Path.Combine(Folder, "refs", revision);

    public string NoExist(string commit, string file) => Path.Combine(Folder, ".no_exist", commit, file);

    /// <summary>The snapshot of a revision. Without a revision, that of the branch "main", else any. Null if there is none.</summary>
    public string? Find(string? revision)
    {
        if (Known(revision ?? "main") is { } snapshot)
        {
            return snapshot;
        }

        return revision is null && Directory.Exists(Snapshots)
            ? Directory.EnumerateDirectories(Snapshots).Order(StringComparer.Ordinal).FirstOrDefault()
            : null;
    }

    private string? Known(string revision)
    {
        var commit = File.Exists(Ref(revision)) ? Path.GetFileName(File.ReadAllText(Ref(revision)).Trim()) : revision;
        return commit.Length > 0 && Directory.Exists(Snapshot(commit)) ? Snapshot(commit) : null;
    }
}
