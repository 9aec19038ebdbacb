namespace Simile;

/// <summary>Model, cache, reading and search of <see cref="CorpusCache.FindAsync"/>.</summary>
public sealed record FindOptions
{
    /// <summary>A model for <see cref="MultimodalModel.Load"/>.</summary>
    public string Model { get; init; } = TextEmbedder.BuiltIn;

    /// <summary>Whether to cache the vectors for the next search.</summary>
    public bool Cache { get; init; } = true;

    /// <summary>
    /// What the cached vectors of all searched folders may take on the disk, in bytes. The folders that were searched longest ago are
    /// deleted first; those of this search stay. Default: 4 GiB.
    /// </summary>
    public long CacheBytes { get; init; } = 4L << 30;

    /// <summary>Which kinds and paths are searched, and how many items are returned.</summary>
    public SearchOptions Search { get; init; } = new();

    /// <summary>How files are read and split. The access option is ignored.</summary>
    public CorpusOptions Corpus { get; init; } = new();
}
