namespace Simile.Server.Mcp;

/// <summary>
/// The files of a corpus as agents see them: by paths below one root folder. Only indexed files are read, and a link that leads out of the
/// root is not followed.
/// </summary>
internal sealed class CorpusFiles
{
    private const int NearNames = 3;
    private readonly Corpus _corpus;
    private string? _root;

    /// <param name="corpus">The corpus. Not owned.</param>
    /// <param name="folders">The indexed folders and files. If empty, the root is the common parent folder of all files.</param>
    public CorpusFiles(Corpus corpus, IReadOnlyList<string> folders)
    {
        _corpus = corpus;
        _root = folders.Count == 0
            ? null
            : CommonFolder(
                folders.Select(path => Path.GetFullPath(path)).Select(path => File.Exists(path) ? Path.GetDirectoryName(path)! : path));
    }

    /// <summary>The folder that paths are relative to. The system's root for an empty corpus.</summary>
    public async Task<string> RootAsync(CancellationToken cancellationToken) =>
        _root ??= CommonFolder(
            (await _corpus.GetFilesAsync(cancellationToken).ConfigureAwait(false)).Select(path => Path.GetDirectoryName(path)!));

    /// <summary>A full path as it is shown: relative to the root, with slashes.</summary>
    public async Task<string> ShowAsync(string path, CancellationToken cancellationToken) =>
        Path.GetRelativePath(await RootAsync(cancellationToken).ConfigureAwait(false), path).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>The full path and the items of an indexed file.</summary>
    /// <param name="given">A path as it is shown, or a full one.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <exception cref="FileNotFoundException">It is not indexed, or leads out of the root. The message has near names.</exception>
    public async Task<(string Path, IReadOnlyList<CorpusItem> Items)> FindAsync(string given, CancellationToken cancellationToken)
    {
        var root = await RootAsync(cancellationToken).ConfigureAwait(false);
        if (given.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("A path has no null character.");
        }

        var path = Path.GetFullPath(Path.Combine(root, given.Replace('/', Path.DirectorySeparatorChar)));
        var items = await _corpus.GetAsync(path, cancellationToken).ConfigureAwait(false);
        if (items.Count == 0)
        {
            throw new FileNotFoundException($"{given} is not indexed.{await NearAsync(given, cancellationToken).ConfigureAwait(false)}");
        }

        return IsBelow(RealPath.Of(path), RealPath.Of(root)) ? (path, items)
            : throw new FileNotFoundException($"{given} is a link that leads out of the indexed folder, so it is not read.");
    }

    private async Task<string> NearAsync(string given, CancellationToken cancellationToken)
    {
        var root = await RootAsync(cancellationToken).ConfigureAwait(false);
        var paths = await _corpus.GetFilesAsync(cancellationToken).ConfigureAwait(false);
        var shown = paths.Select(path => Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/'));
        string[] near = [.. NearName.Order(given, shown).Take(NearNames)];
        return near.Length == 0 ? string.Empty : $" Did you mean {string.Join(", or ", near)}?";
    }

    private static bool IsBelow(string path, string root) =>
        path == root
        || path.StartsWith(Path.EndsInDirectorySeparator(root) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string CommonFolder(IEnumerable<string> folders)
    {
        string? common = null;
        foreach (var folder in folders.Select(Path.TrimEndingDirectorySeparator))
        {
            common ??= folder;
            while (!IsBelow(folder, common) && Path.GetDirectoryName(common) is { } parent)
            {
                common = parent;
            }
        }

        return common ?? Path.GetPathRoot(Environment.CurrentDirectory)!;
    }
}
