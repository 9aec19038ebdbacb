namespace Simile.Sync;

/// <summary>Finds the files below paths. Hidden files and folders are left out unless they are named; links are followed to where nothing was seen yet.</summary>
internal sealed class FileWalk
{
    private readonly string? _leaveOut;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);
    private readonly Queue<string> _links = new();

    private FileWalk(string? leaveOut) => _leaveOut = leaveOut;

    /// <summary>Full paths, in ordinal order within a folder.</summary>
    public List<string> Files { get; } = [];

    /// <summary>Folders and links that could not be followed.</summary>
    public List<SkippedFile> Skipped { get; } = [];

    /// <summary>Walks files and folders that exist.</summary>
    /// <param name="paths">Full paths.</param>
    /// <param name="leaveOut">A folder that is not entered: the store itself.</param>
    /// <param name="cancellationToken">Stops the walk.</param>
    public static FileWalk Below(IEnumerable<string> paths, string? leaveOut, CancellationToken cancellationToken)
    {
        var walk = new FileWalk(leaveOut);
        foreach (var path in paths)
        {
            if (File.Exists(path))
            {
                walk.AddFile(path);
            }
            else
            {
                walk.Enter(path, cancellationToken);
            }
        }

        // After all real folders, so that a file is known by its real path where it has one here.
        while (walk._links.TryDequeue(out var link))
        {
            walk.Follow(link, cancellationToken);
        }

        return walk;
    }

    private void AddFile(string path)
    {
        if (_files.Add(path))
        {
            Files.Add(path);
        }
    }

    // A stack of its own: folders can be nested deeper than calls.
    private void Enter(string root, CancellationToken cancellationToken)
    {
        var open = new Stack<string>([root]);
        while (open.TryPop(out var folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (string.Equals(folder, _leaveOut, StringComparison.Ordinal) || !_seen.Add(RealPath(folder)))
            {
                continue;
            }

            var folders = new List<string>();
            foreach (var entry in Entries(folder))
            {
                Take(entry, folders);
            }

            for (var i = folders.Count - 1; i >= 0; i--)
            {
                open.Push(folders[i]);
            }
        }
    }

    private void Take(FileSystemInfo entry, List<string> folders)
    {
        if (entry.Name.StartsWith('.') || entry.Attributes.HasFlag(FileAttributes.Hidden))
        {
            return;
        }

        if (entry.LinkTarget is not null)
        {
            _links.Enqueue(entry.FullName);
        }
        else if (entry is DirectoryInfo)
        {
            folders.Add(entry.FullName);
        }
        else
        {
            AddFile(entry.FullName);
        }
    }

    private FileSystemInfo[] Entries(string folder)
    {
        try
        {
            var entries = new DirectoryInfo(folder).GetFileSystemInfos();
            Array.Sort(entries, (a, b) => string.CompareOrdinal(a.Name, b.Name));
            return entries;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Skipped.Add(new SkippedFile(folder, e is UnauthorizedAccessException ? "the folder may not be read; see to its permissions" : $"the folder cannot be read: {e.Message}"));
            return [];
        }
    }

    private void Follow(string link, CancellationToken cancellationToken)
    {
        try
        {
            var target = new FileInfo(link).ResolveLinkTarget(returnFinalTarget: true)!;
            if (Directory.Exists(link))
            {
                var real = RealPath(link);
                if (RealPath(Path.GetDirectoryName(link)!).StartsWith(real, StringComparison.Ordinal) && IsWithin(RealPath(Path.GetDirectoryName(link)!), real))
                {
                    Skipped.Add(new SkippedFile(link, "it is a link to a folder that it stands in"));
                    return;
                }

                Enter(link, cancellationToken);
            }
            else if (File.Exists(link))
            {
                if (!_files.Contains(target.FullName))
                {
                    AddFile(link);
                }
            }
            else
            {
                Skipped.Add(new SkippedFile(link, $"it is a link to {target.FullName}, which does not exist"));
            }
        }
        catch (IOException e)
        {
            Skipped.Add(new SkippedFile(link, $"the link cannot be followed: {e.Message}"));
        }
    }

    private static bool IsWithin(string path, string folder) =>
        path == folder || path.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // Links in the middle of a path are resolved too, one folder after the other.
    private static string RealPath(string folder)
    {
        var real = Path.GetPathRoot(folder)!;
        foreach (var name in folder[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = new DirectoryInfo(Path.Combine(real, name));
            real = next.LinkTarget is null ? next.FullName : next.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? next.FullName;
        }

        return real;
    }
}
