using Simile.Sync.Ignoring;

namespace Simile.Sync.Walk;

/// <summary>Finds the files below paths. The given paths are always found. Links are followed to targets not yet visited.</summary>
/// <remarks>Every name is in <see cref="Files"/> or <see cref="Skipped"/>, counted in <see cref="LeftOut"/>, or hidden.</remarks>
internal sealed class FileWalk
{
    private readonly WalkOptions _options;
    private readonly CancellationToken _stop;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _named = new(StringComparer.Ordinal);
    private readonly Queue<(FoundEntry Link, IgnoreRules? Rules)> _links = new();

    private FileWalk(WalkOptions options, CancellationToken stop) => (_options, _stop) = (options, stop);

    private sealed record Folder(string Path, byte[]? Raw, IgnoreRules? Rules);

    /// <summary>Full paths, in ordinal order within a folder.</summary>
    public List<string> Files { get; } = [];

    /// <summary>For files whose names are not UTF-8, their paths in bytes, zero-terminated.</summary>
    public Dictionary<string, byte[]> RawPaths { get; } = new(StringComparer.Ordinal);

    /// <summary>What could not be read or followed.</summary>
    public List<SkippedFile> Skipped { get; } = [];

    /// <summary>What was left out on purpose.</summary>
    public LeftOut LeftOut { get; private set; }

    /// <summary>Walks files and folders that exist.</summary>
    /// <param name="paths">Full paths.</param>
    /// <param name="options">What is left out.</param>
    /// <param name="cancellationToken">Stops the walk.</param>
    public static FileWalk Below(IEnumerable<string> paths, WalkOptions options, CancellationToken cancellationToken)
    {
        var walk = new FileWalk(options, cancellationToken);
        foreach (var path in paths)
        {
            walk.Begin(path);
        }

        // After all real folders, so that a file is listed by its real path if that is here.
        while (walk._links.TryDequeue(out var waiting))
        {
            walk.Follow(waiting.Link, waiting.Rules);
        }

        return walk;
    }

    /// <summary>Whether a path is one of the given ones.</summary>
    public bool IsNamed(string path) => _named.Contains(path);

    private void Begin(string path)
    {
        _named.Add(path);
        switch (FileSorts.Of(path))
        {
            case FileSort.Folder:
                Enter(new Folder(path, null, _options.ReadsIgnored ? null : IgnoreRules.Above(path)));
                break;
            case FileSort.Unknown when new FileInfo(path).LinkTarget is not null:
                Skipped.Add(new SkippedFile(path, Dangling(path)));
                break;
            case FileSort.Other:
                Skipped.Add(new SkippedFile(path, "it is a socket or a disk, not a file"));
                break;
            default:
                AddFile(path, null);
                break;
        }
    }

    private void AddFile(string path, byte[]? raw)
    {
        if (_files.Add(path))
        {
            Files.Add(path);
            if (raw is not null)
            {
                RawPaths.Add(path, raw);
            }
        }
    }

    // An explicit stack, because folders can be nested deeper than calls.
    private void Enter(Folder root)
    {
        var open = new Stack<Folder>([root]);
        while (open.TryPop(out var folder))
        {
            _stop.ThrowIfCancellationRequested();
            if (string.Equals(folder.Path, _options.LeaveOut, StringComparison.Ordinal)
                || !_seen.Add(folder.Raw is null ? RealPath(folder.Path) : folder.Path))
            {
                continue;
            }

            var rules = _options.ReadsIgnored ? null : IgnoreRules.In(folder.Path, folder.Rules);
            var folders = new List<Folder>();
            foreach (var entry in Entries(folder))
            {
                Take(entry, rules, folders);
            }

            for (var i = folders.Count - 1; i >= 0; i--)
            {
                open.Push(folders[i]);
            }
        }
    }

    private void Take(FoundEntry entry, IgnoreRules? rules, List<Folder> folders)
    {
        if (IsPassedOver(entry, rules))
        {
            return;
        }

        switch (entry.Sort)
        {
            case FileSort.Folder:
                folders.Add(new Folder(entry.Path, entry.Raw, rules));
                break;
            case FileSort.Link:
                _links.Enqueue((entry, rules));
                break;
            case FileSort.File:
                AddFile(entry.Path, entry.Raw);
                break;
            default:
                Skipped.Add(new SkippedFile(entry.Path, WhyNot(entry)));
                break;
        }
    }

    private bool IsPassedOver(FoundEntry entry, IgnoreRules? rules)
    {
        var isFolder = entry.Sort == FileSort.Folder;
        if (!_options.ReadsHidden && IsHidden(entry))
        {
            return true;
        }

        if (_options.ReadsIgnored)
        {
            return false;
        }

        if (rules is not null && rules.IsIgnored(entry.Path, isFolder))
        {
            LeftOut = LeftOut with { Ignored = LeftOut.Ignored + 1 };
            return true;
        }

        if (isFolder ? GeneratedFiles.IsFolder(entry.Name) : GeneratedFiles.IsFile(entry.Name))
        {
            LeftOut = isFolder ? LeftOut with { Folders = LeftOut.Folders + 1 } : LeftOut with { Generated = LeftOut.Generated + 1 };
            return true;
        }

        return false;
    }

    private static bool IsHidden(FoundEntry entry) =>
        entry.Name.StartsWith('.')
        || (OperatingSystem.IsWindows() && entry.Sort != FileSort.Unknown && File.GetAttributes(entry.Path).HasFlag(FileAttributes.Hidden));

    private static string WhyNot(FoundEntry entry) => entry.Sort switch
    {
        FileSort.Pipe => "it is a pipe, not a file",
        FileSort.Device => "it is a device, not a file",
        FileSort.Other => "it is a socket or a disk, not a file",
        _ when entry.Name.Contains('\uFFFD', StringComparison.Ordinal) => "its name is not UTF-8 and cannot be opened here: rename it",
        _ => "it cannot be accessed: it has vanished, its path is too long, or the permissions of its folder forbid it",
    };

    private List<FoundEntry> Entries(Folder folder)
    {
        try
        {
            return FolderEntries.Of(folder.Path, folder.Raw);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Skipped.Add(new SkippedFile(
                folder.Path,
                e is UnauthorizedAccessException
                    ? "the folder cannot be read: check its permissions"
                    : $"the folder cannot be read: {e.Message}"));
            return [];
        }
    }

    private void Follow(FoundEntry link, IgnoreRules? rules)
    {
        if (link.Raw is not null)
        {
            FollowRaw(link, rules);
            return;
        }

        switch (FileSorts.Of(link.Path))
        {
            case FileSort.Folder when IsAroundItself(link.Path):
                Skipped.Add(new SkippedFile(link.Path, "it is a link to a folder that contains it"));
                break;
            case FileSort.Folder:
                Enter(new Folder(link.Path, null, rules));
                break;
            case FileSort.File:
                if (FinalTarget(link.Path) is not { } target || !_files.Contains(target))
                {
                    AddFile(link.Path, null);
                }

                break;
            case FileSort.Unknown:
                Skipped.Add(new SkippedFile(link.Path, Dangling(link.Path)));
                break;
            case var sort:
                Skipped.Add(new SkippedFile(link.Path, WhyNot(link with { Sort = sort })));
                break;
        }
    }

    private void FollowRaw(FoundEntry link, IgnoreRules? rules)
    {
        switch (FileSorts.Of(link.Raw!, follow: true))
        {
            case FileSort.File:
                AddFile(link.Path, link.Raw);
                break;
            case FileSort.Folder:
                Skipped.Add(new SkippedFile(link.Path, "it is a link to a folder, and its name is not UTF-8: rename it"));
                break;
            default:
                Skipped.Add(new SkippedFile(link.Path, "it is a link whose target does not exist or is not a file"));
                break;
        }
    }

    private static string Dangling(string link)
    {
        try
        {
            return $"it is a link to {new FileInfo(link).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? "nothing"}, "
                + "which does not exist or may not be reached";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"the link cannot be followed: {e.Message}";
        }
    }

    private static string? FinalTarget(string link)
    {
        try
        {
            return new FileInfo(link).ResolveLinkTarget(returnFinalTarget: true)?.FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsAroundItself(string link) => IsWithin(RealPath(Path.GetDirectoryName(link)!), RealPath(link));

    private static bool IsWithin(string path, string folder) =>
        path == folder
        || path.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // Links in the middle of a path are resolved too, folder by folder.
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
