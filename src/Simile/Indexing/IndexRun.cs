using System.Diagnostics;
using Microsoft.Extensions.AI;
using Simile.Passages;
using Simile.Storage;

namespace Simile.Indexing;

/// <summary>One run of <see cref="FolderIndexer"/>: takes files as they were read, embeds their passages and commits them.</summary>
internal sealed class IndexRun(
    Store store,
    IEmbeddingGenerator<string, Embedding<float>> embedder,
    IndexOptions options,
    FileWalk walk,
    Dictionary<string, FileRow> known,
    IProgress<IndexProgress>? progress)
{
    private const int FirstPassages = 32;
    private const int MostFilesInBatch = 1000;
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(4);

    private readonly List<FileReading> _waiting = [];
    private readonly List<SkippedFile> _skipped = [.. walk.Skipped];
    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);
    private int _waitingPassages;
    private int _slice = Math.Min(FirstPassages, options.BatchSize);
    private int _added;
    private int _updated;
    private int _unchanged;
    private int _removed;
    private int _embedded;
    private int _files;

    public IndexReport Finish(IEnumerable<FileReading> files, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Take(file);
            if (_waitingPassages >= _slice || _waiting.Count >= MostFilesInBatch)
            {
                Flush(cancellationToken);
            }
        }

        Flush(cancellationToken);
        RemoveVanished();
        Report(_files);
        return new IndexReport(_added, _updated, _unchanged, _removed, _embedded, store.PassageCount, _skipped);
    }

    private void Take(FileReading file)
    {
        switch (file.State)
        {
            case FileState.Unchanged:
                _kept.Add(file.Path);
                _unchanged++;
                _files++;
                break;
            case FileState.Unread:
                // Vanished files are not kept; others may be readable again the next time.
                _skipped.Add(new SkippedFile(file.Path, file.Reason));
                _ = File.Exists(file.Path) && _kept.Add(file.Path);
                _files++;
                break;
            case FileState.Unfit:
                _skipped.Add(new SkippedFile(file.Path, file.Reason));
                _files++;
                break;
            default:
                _kept.Add(file.Path);
                _waiting.Add(file);
                _waitingPassages += file.Passages?.Count ?? 0;
                break;
        }
    }

    private void Flush(CancellationToken cancellationToken)
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        using var batch = store.BeginBatch();
        var passages = new List<(long File, int Position, Passage Passage)>(_waitingPassages);
        foreach (var file in _waiting)
        {
            Write(file, batch, passages);
        }

        for (var done = 0; done < passages.Count;)
        {
            var slice = passages.GetRange(done, Math.Min(_slice, passages.Count - done));
            Embed(slice, batch, cancellationToken);
            done += slice.Count;
            Report(_files);
        }

        batch.Commit();
        _files += _waiting.Count;
        _added += _waiting.Count(file => file.Known is null);
        _updated += _waiting.Count(file => file.State == FileState.Changed && file.Known is not null);
        _unchanged += _waiting.Count(file => file.State == FileState.Touched);
        _waiting.Clear();
        _waitingPassages = 0;
        Report(_files);
    }

    private static void Write(FileReading file, StoreBatch batch, List<(long, int, Passage)> passages)
    {
        if (file.State == FileState.Touched)
        {
            batch.Touch(file.Row!);
            return;
        }

        var row = batch.Replace(file.Row!);
        if (file.Passages is null && batch.CopyItems(row))
        {
            return;
        }

        var cut = file.Passages ?? file.Cut!();
        passages.AddRange(cut.Select((passage, position) => (row.Id, position, passage)));
    }

    private void Embed(List<(long File, int Position, Passage Passage)> passages, StoreBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var begin = Stopwatch.GetTimestamp();
        var vectors = embedder.GenerateAsync(passages.Select(p => p.Passage.Embedded), null, cancellationToken).GetAwaiter().GetResult();
        if (vectors.Count != passages.Count)
        {
            throw new InvalidDataException($"The embedder gave {vectors.Count} vectors for {passages.Count} passages.");
        }

        for (var i = 0; i < passages.Count; i++)
        {
            batch.Add(passages[i].File, passages[i].Position, passages[i].Passage, Checked(vectors[i].Vector.Span));
        }

        _embedded += passages.Count;
        Adapt(Stopwatch.GetElapsedTime(begin));
    }

    private ReadOnlySpan<float> Checked(ReadOnlySpan<float> vector)
    {
        var dimensions = store.Model!.Dimensions;
        return vector.Length == dimensions
            ? vector
            : throw new InvalidDataException($"The embedder gave a vector of {vector.Length} dimensions where its model has {dimensions}.");
    }

    // Large enough to keep the embedder busy, small enough that little is lost and progress is seen.
    private void Adapt(TimeSpan elapsed)
    {
        if (elapsed < Quick)
        {
            _slice = Math.Min(options.BatchSize, _slice * 2);
        }
        else if (elapsed > Slow)
        {
            _slice = Math.Max(1, _slice / 2);
        }
    }

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

    // What is below a folder that could not be read is not known to be gone.
    private bool IsBelowUnread(string path) =>
        walk.Skipped.Exists(folder => path.StartsWith(folder.Path + Path.DirectorySeparatorChar, StringComparison.Ordinal) && Directory.Exists(folder.Path));

    private void Report(int files) => progress?.Report(new IndexProgress(files, walk.Files.Count, _embedded));
}
