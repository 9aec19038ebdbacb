using Simile.Analyses;
using Simile.Analysis;

namespace Simile;

/// <content>Vectors for analyses.</content>
public sealed partial class Corpus
{
    /// <summary>
    /// The vector that stands for each file, in the order of the paths: of a text the mean of its passages, of a sound the mean of its
    /// parts, brought to length 1.
    /// </summary>
    /// <exception cref="InvalidDataException">The store is damaged.</exception>
    public async Task<AnalyzedVectors> GetFileVectorsAsync(CancellationToken cancellationToken = default)
    {
        using var lease = _gate.Enter(cancellationToken);
        var vectors = await Task.Run(() => _store.FileVectors(lease.Stop), lease.Stop).ConfigureAwait(false);
        return _store.Model is { } model ? vectors with { Model = new EmbeddingModelId(model.Name, model.Settings) } : vectors;
    }
}
