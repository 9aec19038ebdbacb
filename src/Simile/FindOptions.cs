namespace Simile;

/// <summary>How <see cref="CorpusCache.FindAsync"/> searches.</summary>
public sealed record FindOptions
{
    /// <summary>What <see cref="JointModel.Load"/> takes.</summary>
    public string Model { get; init; } = TextEmbedder.BuiltIn;

    /// <summary>Whether the vectors are kept for the next search.</summary>
    public bool Cache { get; init; } = true;

    /// <summary>What is answered.</summary>
    public SearchOptions Search { get; init; } = new();

    /// <summary>How files are read and cut; the access does not count.</summary>
    public CorpusOptions Corpus { get; init; } = new();
}
