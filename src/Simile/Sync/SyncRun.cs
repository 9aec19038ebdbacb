using Simile.Storage;
using Simile.Sync.Walk;

namespace Simile.Sync;

/// <summary>One run of <see cref="FolderSync"/>: takes the read files, embeds them and commits.</summary>
internal sealed partial class SyncRun(
    Store store,
    CorpusModel model,
    SyncOptions options,
    FileWalk walk,
    Dictionary<string, FileRow> known,
    IProgress<SyncProgress>? progress)
{
    private const int MostFilesInBatch = 1000;

    private readonly int _dimensions = model.Dimensions;
    private readonly List<SkippedFile> _skipped = [.. walk.Skipped];
    private readonly List<FileRemark> _remarks = [];
    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);
    private int _added;
    private int _updated;
    private int _unchanged;
    private int _removed;
    private int _embedded;
    private int _files;
    private int _generated;

    public async Task<SyncReport> FinishAsync(IAsyncEnumerable<FileReading> files, CancellationToken cancellationToken)
    {
        await foreach (var file in files.ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await TakeAsync(file, cancellationToken).ConfigureAwait(false);
            await FlushFullAsync(cancellationToken).ConfigureAwait(false);
        }

        await FlushTextsAsync(cancellationToken).ConfigureAwait(false);
        foreach (var lane in _media)
        {
            await FlushMediaAsync(lane, cancellationToken).ConfigureAwait(false);
        }

        RemoveVanished();
        Report();
        return new SyncReport(_added, _updated, _unchanged, _removed, _embedded, store.Count(MediaKind.Text), _skipped)
        {
            Images = store.Count(MediaKind.Image),
            Sounds = store.Count(MediaKind.Sound),
            UnknownPassages = _unknownPassages,
            Remarks = _remarks,
            LeftOut = walk.LeftOut with { Generated = walk.LeftOut.Generated + _generated },
        };
    }

    private async Task TakeAsync(FileReading file, CancellationToken cancellationToken)
    {
        if (file.Remark.Length > 0)
        {
            _remarks.Add(new FileRemark(file.Path, file.Remark));
        }

        switch (file.State)
        {
            case FileState.Unchanged:
                _kept.Add(file.Path);
                _unchanged++;
                _files++;
                break;
            case FileState.Unread:
                // Vanished files are removed; unreadable ones may be readable again next time.
                _skipped.Add(new SkippedFile(file.Path, file.Reason));
                _ = (File.Exists(file.Path) || walk.RawPaths.ContainsKey(file.Path)) && _kept.Add(file.Path);
                _files++;
                break;
            case FileState.LeftOut:
                _generated++;
                _files++;
                break;
            case FileState.Unfit:
                _skipped.Add(new SkippedFile(file.Path, file.Reason));
                _files++;
                break;
            default:
                _kept.Add(file.Path);
                await BeginAsync(file, cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    private async Task BeginAsync(FileReading file, CancellationToken cancellationToken)
    {
        if (file.IsLarge)
        {
            await FlushTextsAsync(cancellationToken).ConfigureAwait(false);
            await SyncLargeAsync(file, cancellationToken).ConfigureAwait(false);
        }
        else if (file.Kind == MediaKind.Text)
        {
            _texts.Add(file);
            _waitingPassages += file.Passages?.Count ?? 0;
        }
        else
        {
            _media.Single(lane => lane.Kind == file.Kind).Waiting.Add(file);
        }
    }

    private async Task FlushFullAsync(CancellationToken cancellationToken)
    {
        if (_waitingPassages >= _slice.Size || _texts.Count >= MostFilesInBatch)
        {
            await FlushTextsAsync(cancellationToken).ConfigureAwait(false);
        }

        foreach (var lane in _media.Where(lane => lane.Waiting.Count >= Math.Min(lane.Slice.Size, MostFilesInBatch)))
        {
            await FlushMediaAsync(lane, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Counts committed files.</summary>
    private void Count(List<FileReading> files)
    {
        _files += files.Count;
        _added += files.Count(file => file.Known is null);
        _updated += files.Count(file => file.State == FileState.Changed && file.Known is not null);
        _unchanged += files.Count(file => file.State == FileState.Touched);
        files.Clear();
        Report();
    }

    private ReadOnlySpan<float> Checked(ReadOnlySpan<float> vector) => vector.Length == _dimensions
        ? vector
        : throw new InvalidDataException($"The model gave a vector of {vector.Length} dimensions, but declares {_dimensions}.");

    private void RemoveVanished()
    {
        var vanished = known.Values.Where(file => !_kept.Contains(file.Path) && !IsBelowUnread(file.Path)).ToList();
        if (vanished.Count == 0)
        {
            return;
        }

        using var batch = store.BeginBatch();
        foreach (var file in vanished)
        {
            batch.Remove(file.Id);
        }

        batch.Commit();
        _removed = vanished.Count;
    }

    // Files below an unreadable folder may still exist.
    private bool IsBelowUnread(string path) =>
        walk.Skipped.Exists(folder =>
            path.StartsWith(folder.Path + Path.DirectorySeparatorChar, StringComparison.Ordinal) && Directory.Exists(folder.Path));

    private void ReportPart(FileReading file, int end) =>
        progress?.Report(new SyncProgress(_files, walk.Files.Count, _embedded)
        {
            File = file.Path,
            PartOfFile = Math.Clamp((double)end / Math.Max(1, file.Length), 0, 1),
        });

    private void Report() => progress?.Report(new SyncProgress(_files, walk.Files.Count, _embedded));
}
