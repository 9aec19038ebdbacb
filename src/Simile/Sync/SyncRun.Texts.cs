using Simile.Passages;
using Simile.Storage;

namespace Simile.Sync;

/// <content>Texts: passages of several files are embedded together.</content>
internal sealed partial class SyncRun
{
    private const int FirstPassages = 32;

    private readonly List<FileReading> _texts = [];
    private readonly WorkSlice _slice = new(FirstPassages, options.BatchSize);
    private int _waitingPassages;

    private async Task FlushTextsAsync(CancellationToken cancellationToken)
    {
        if (_texts.Count == 0)
        {
            return;
        }

        using var batch = store.BeginBatch();
        var passages = new List<(long File, int Position, Passage Passage)>(_waitingPassages);
        var written = _texts.ConvertAll(file => (file, Write(file, batch, passages)));

        for (var done = 0; done < passages.Count;)
        {
            var slice = passages.GetRange(done, Math.Min(_slice.Size, passages.Count - done));
            await EmbedAsync(slice, batch, cancellationToken).ConfigureAwait(false);
            done += slice.Count;
            Report();
        }

        foreach (var (file, id) in written)
        {
            ReportUnknown(file, id, stored: 0, batch);
        }

        batch.Commit();
        _waitingPassages = 0;
        _ = _texts.RemoveAll(file => _refused.Remove(file.Path));
        Count(_texts);
    }

    // The key of the file's row.
    private static long Write(FileReading file, StoreBatch batch, List<(long, int, Passage)> passages)
    {
        if (file.State == FileState.Touched)
        {
            batch.Touch(file.Row!);
            return file.Row!.Id;
        }

        var row = batch.Replace(file.Row!);
        batch.SetParts(row, file.Parts);
        if (file.Passages is null && batch.CopyItems(row))
        {
            return row.Id;
        }

        var cut = file.Passages ?? [.. file.Cut!()];
        passages.AddRange(cut.Select((passage, position) => (row.Id, position, passage)));
        return row.Id;
    }

    /// <summary>Embeds and commits a large text part by part. Parts committed by an earlier run stay.</summary>
    private async Task SyncLargeAsync(FileReading file, CancellationToken cancellationToken)
    {
        var (row, done) = BeginLarge(file);
        if (done >= 0)
        {
            var stored = done;
            foreach (var passages in Slices(file.Cut!().Skip(done)))
            {
                using var batch = store.BeginBatch();
                await EmbedAsync(
                    [.. passages.Select((passage, i) => (row.Id, done + i, passage))], batch, cancellationToken).ConfigureAwait(false);
                batch.Continue();
                batch.Commit();
                done += passages.Count;
                ReportPart(file, passages[^1].End);
            }

            using var last = store.BeginBatch();
            last.Complete(row);
            ReportUnknown(file, row.Id, stored, last);
            last.Commit();
        }

        Count(_refused.Remove(file.Path) ? [] : [file]);
    }

    // Passages are split on demand. The size of a slice follows the time that the previous one took.
    private IEnumerable<List<Passage>> Slices(IEnumerable<Passage> passages)
    {
        var slice = new List<Passage>(_slice.Size);
        foreach (var passage in passages)
        {
            slice.Add(passage);
            if (slice.Count >= _slice.Size)
            {
                yield return slice;
                slice = new List<Passage>(_slice.Size);
            }
        }

        if (slice.Count > 0)
        {
            yield return slice;
        }
    }

    // The row and the number of passages it already has; negative if it is complete.
    private (FileRow Row, int Done) BeginLarge(FileReading file)
    {
        using var batch = store.BeginBatch();
        var row = file.Row!;
        var done = batch.PartOf(row);
        if (done == 0)
        {
            var isCopy = batch.HasContent(row);
            row = batch.Replace(isCopy ? row : row.AsPart());
            batch.SetParts(row, file.Parts);
            done = isCopy && batch.CopyItems(row) ? -1 : 0;
            row = file.Row! with { Id = row.Id };
        }

        batch.Commit();
        return (row, done);
    }

    private async Task EmbedAsync(
        List<(long File, int Position, Passage Passage)> passages, StoreBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var texts = passages.ConvertAll(p => p.Passage.Embedded);
        var vectors = await _slice.MeasureAsync(() => model.EmbedPassagesAsync(texts, cancellationToken)).ConfigureAwait(false);
        if (vectors.Count != passages.Count)
        {
            throw new InvalidDataException(
                $"The model gave {vectors.Count} vectors for {passages.Count} passages: it must give one for each.");
        }

        for (var i = 0; i < passages.Count; i++)
        {
            var vector = Checked(vectors[i].Span);
            var isKnown = vector.ContainsAnyExcept(0f);
            CountPassage(passages[i].File, isKnown);
            if (isKnown)
            {
                batch.Add(passages[i].File, passages[i].Position, ItemRow.Of(passages[i].Passage), vector);
                _embedded++;
            }
        }
    }
}
