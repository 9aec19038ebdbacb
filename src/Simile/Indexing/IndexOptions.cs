namespace Simile.Indexing;

/// <summary>How <see cref="FolderIndexer"/> reads and cuts files.</summary>
public sealed record IndexOptions
{
    /// <summary>Longest passage in tokens, without special tokens. 128: longer passages mix subjects, and most small models were trained on shorter ones.</summary>
    public int MaxTokens { get; init; } = 128;

    /// <summary>Largest text file in bytes; larger ones are reported and skipped.</summary>
    public long MaxFileBytes { get; init; } = 64 << 20;

    /// <summary>Largest file of a picture or sound in bytes; larger ones are reported and skipped.</summary>
    public long MaxMediaBytes { get; init; } = 1 << 30;

    /// <summary>Passages given to the embedder at once, so that it can sort them by length and fill its batches.</summary>
    public int BatchSize { get; init; } = 512;

    /// <summary>A fingerprint of the embedder's settings beyond its name and dimensions: see <see cref="StoreModel"/>.</summary>
    public string ModelSettings { get; init; } = "";

    /// <summary>Throws where a value cannot work.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTokens, 8);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxFileBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxMediaBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentNullException.ThrowIfNull(ModelSettings);
    }
}
