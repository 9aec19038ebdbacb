using Simile.Embedding;
using Simile.Storage;

namespace Simile.Sync;

/// <content>Pictures and sounds: files are embedded in batches.</content>
internal sealed partial class SyncRun
{
    private const int MostAttempts = 3;

    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);

    // Pictures are many and quick; sounds may be long.
    private readonly List<Lane> _media =
    [
        new Lane(MediaKind.Image, new WorkSlice(first: 8, most: 512)),
        new Lane(MediaKind.Sound, new WorkSlice(first: 2, most: 64)),
    ];

    private sealed record Lane(MediaKind Kind, WorkSlice Slice)
    {
        public List<FileReading> Waiting { get; } = [];
    }

    private async Task FlushMediaAsync(Lane lane, CancellationToken cancellationToken)
    {
        if (lane.Waiting.Count == 0)
        {
            return;
        }

        using var batch = store.BeginBatch();
        var fresh = lane.Waiting.Where(file => !IsKnown(file, batch)).ToList();
        foreach (var files in fresh.Chunk(lane.Slice.Size))
        {
            await EmbedAsync(lane, files, batch, cancellationToken).ConfigureAwait(false);
            Report();
        }

        batch.Commit();
        lane.Waiting.RemoveAll(file => _refused.Remove(file.Path));
        Count(lane.Waiting);
    }

    /// <summary>Whether a file needs no new vector, because it or another file with the same content has one.</summary>
    private static bool IsKnown(FileReading file, StoreBatch batch)
    {
        if (file.State == FileState.Touched)
        {
            batch.Touch(file.Row!);
            return true;
        }

        return batch.HasContent(file.Row!) && batch.CopyItems(batch.Replace(file.Row!));
    }

    // A file may change between hashing and embedding. A vector is stored only with the hash of the content that it was made from.
    private async Task EmbedAsync(Lane lane, FileReading[] files, StoreBatch batch, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostAttempts && files.Length > 0; attempt++)
        {
            files = await EmbedOnceAsync(lane, files, batch, cancellationToken).ConfigureAwait(false);
        }

        foreach (var file in files)
        {
            Skip(file, "it changes while it is read: synchronize again when it is complete");
        }
    }

    /// <summary>
    /// Embeds files and stores the vectors of those that did not change meanwhile. Returns the others with their new content.
    /// </summary>
    private async Task<FileReading[]> EmbedOnceAsync(Lane lane, FileReading[] files, StoreBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var paths = Array.ConvertAll(files, file => file.Path);
        var results = await lane.Slice.MeasureAsync(() => model.EmbedFilesAsync(lane.Kind, paths, cancellationToken)).ConfigureAwait(false);
        if (results.Count != files.Length)
        {
            throw new InvalidDataException($"The model gave {results.Count} results for {files.Length} files.");
        }

        var changed = new List<FileReading>();
        for (var i = 0; i < files.Length; i++)
        {
            var now = FileReader.ReadMedia(files[i]);
            if (now.State == FileState.Unread)
            {
                Skip(files[i], now.Reason);
            }
            else if (!now.Row!.Hash.AsSpan().SequenceEqual(files[i].Row!.Hash))
            {
                changed.Add(now);
            }
            else if (results[i].Refusal is { } reason)
            {
                Refuse(files[i], reason);
            }
            else
            {
                Write(lane.Kind, files[i], results[i].Parts, batch);
            }
        }

        return [.. changed];
    }

    // The items of the file stay.
    private void Skip(FileReading file, string reason)
    {
        _skipped.Add(new SkippedFile(file.Path, reason));
        _refused.Add(file.Path);
        _files++;
    }

    // The items of the file are removed at the end, because it is not marked as kept.
    private void Refuse(FileReading file, string reason)
    {
        Skip(file, reason);
        _kept.Remove(file.Path);
    }

    private void Write(MediaKind kind, FileReading file, IReadOnlyList<EmbeddedPart> parts, StoreBatch batch)
    {
        var row = batch.Replace(file.Row!);
        for (var i = 0; i < parts.Count; i++)
        {
            batch.Add(
                row.Id,
                i,
                kind == MediaKind.Sound ? ItemRow.Sound(parts[i].From, parts[i].To) : ItemRow.Picture,
                Checked(parts[i].Vector.Span));
        }

        _embedded += parts.Count;
    }
}
