using System.Globalization;
using Simile.Storage;

namespace Simile.Sync;

/// <content>Passages of which the model knows no word: their vector is zero, which is close to nothing.</content>
internal sealed partial class SyncRun
{
    // By the key of the file, until the file is complete.
    private readonly Dictionary<long, (int Known, int Unknown)> _passagesOf = [];
    private int _unknownPassages;

    private void CountPassage(long file, bool isKnown)
    {
        var (known, unknown) = _passagesOf.GetValueOrDefault(file);
        _passagesOf[file] = isKnown ? (known + 1, unknown) : (known, unknown + 1);
    }

    /// <summary>Reports the passages of a file that were left out. A file without any other is removed and counts as skipped.</summary>
    /// <param name="file">A file whose passages were all embedded.</param>
    /// <param name="id">The key of its row.</param>
    /// <param name="stored">Number of its passages that an earlier run stored.</param>
    /// <param name="batch">Removes the row.</param>
    private void ReportUnknown(FileReading file, long id, int stored, StoreBatch batch)
    {
        if (!_passagesOf.Remove(id, out var passages) || passages.Unknown == 0)
        {
            return;
        }

        _unknownPassages += passages.Unknown;
        if (passages.Known + stored > 0)
        {
            var count = string.Create(
                CultureInfo.InvariantCulture, $"{passages.Unknown:N0} of {passages.Known + passages.Unknown + stored:N0} passages");
            _skipped.Add(new SkippedFile(file.Path, $"no known word in {count}: the model has no vector for them, so they were left out"));
            return;
        }

        batch.Remove(id);
        Refuse(file, "no known word: the model has no vector for it");
    }
}
