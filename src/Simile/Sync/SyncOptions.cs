namespace Simile.Sync;

/// <summary>How a <see cref="Corpus"/> reads and cuts files.</summary>
public sealed record SyncOptions
{
    /// <summary>Longest passage in tokens, without special tokens. 128: longer passages mix subjects, and most small models were trained on shorter ones.</summary>
    public int MaxTokens { get; init; } = 128;

    /// <summary>Largest text file in bytes; larger ones are reported and skipped.</summary>
    public long MaxFileBytes { get; init; } = 64 << 20;

    /// <summary>Largest file of a picture or sound in bytes; larger ones are reported and skipped.</summary>
    public long MaxMediaBytes { get; init; } = 1 << 30;

    /// <summary>Passages given to the embedder at once, so that it can sort them by length and fill its batches.</summary>
    public int BatchSize { get; init; } = 512;

    /// <summary>Throws where a value cannot work.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTokens, 8);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxFileBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxMediaBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
    }
}
