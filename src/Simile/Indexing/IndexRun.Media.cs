using Simile.Storage;

namespace Simile.Indexing;

/// <content>Pictures and sounds: whole files are embedded together.</content>
internal sealed partial class IndexRun
{
    // Pictures are many and quick, sounds may be long.
    private readonly List<Lane> _media =
    [
        new Lane(ItemKind.Image, new WorkSlice(first: 8, most: 512)),
        new Lane(ItemKind.Sound, new WorkSlice(first: 2, most: 64)),
    ];

    private sealed record Lane(ItemKind Kind, WorkSlice Slice)
    {
        public List<FileReading> Waiting { get; } = [];
    }

    private void FlushMedia(Lane lane, CancellationToken cancellationToken)
    {
        if (lane.Waiting.Count == 0)
        {
            return;
        }

        using var batch = store.BeginBatch();
        var fresh = lane.Waiting.Where(file => !IsKnown(file, batch)).ToList();
        foreach (var files in fresh.Chunk(lane.Slice.Size))
        {
            Embed(lane, files, batch, cancellationToken);
            Report();
        }

        batch.Commit();
        lane.Waiting.RemoveAll(file => !_kept.Contains(file.Path));
        Count(lane.Waiting);
    }

    /// <summary>Whether a file needs no vector, as it has one or another file with the same content has.</summary>
    private static bool IsKnown(FileReading file, StoreBatch batch)
    {
        if (file.State == FileState.Touched)
        {
            batch.Touch(file.Row!);
            return true;
        }

        return batch.HasContent(file.Row!) && batch.CopyItems(batch.Replace(file.Row!));
    }

    private void Embed(Lane lane, FileReading[] files, StoreBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var results = lane.Slice.Measure(() => embedders.Of(lane.Kind)!.Embed(Array.ConvertAll(files, file => file.Path), cancellationToken));
        if (results.Count != files.Length)
        {
            throw new InvalidDataException($"The embedder gave {results.Count} results for {files.Length} files.");
        }

        for (var i = 0; i < files.Length; i++)
        {
            if (results[i].Refusal is { } reason)
            {
                Refuse(files[i], reason);
            }
            else
            {
                Write(lane.Kind, files[i], results[i].Parts, batch);
            }
        }
    }

    // What was known of it goes in the end, as it is not kept.
    private void Refuse(FileReading file, string reason)
    {
        _skipped.Add(new SkippedFile(file.Path, reason));
        _kept.Remove(file.Path);
        _files++;
    }

    private void Write(ItemKind kind, FileReading file, IReadOnlyList<EmbeddedPart> parts, StoreBatch batch)
    {
        var row = batch.Replace(file.Row!);
        for (var i = 0; i < parts.Count; i++)
        {
            batch.Add(row.Id, i, kind == ItemKind.Sound ? ItemRow.Sound(parts[i].From, parts[i].To) : ItemRow.Picture, Checked(parts[i].Vector.Span));
        }

        _embedded += parts.Count;
    }
}
