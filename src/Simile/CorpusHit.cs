namespace Simile;

/// <summary>A search result.</summary>
/// <param name="Item">The item that was found.</param>
/// <param name="Score">
/// Greater is closer. The cosine if one kind was asked for or the model has only one; otherwise calibrated to be comparable among kinds.
/// Words of the query raise it, to at most 1; in a search by words alone, it says how well the item holds them, from 0 to 1.
/// </param>
/// <param name="Cosine">The cosine between the query's vector and the item's.</param>
public sealed record CorpusHit(CorpusItem Item, float Score, float Cosine)
{
    /// <summary>The ranges of a passage's text that hold words of the query, in order; empty if there are none.</summary>
    public IReadOnlyList<Range> Matches { get; init; } = [];
}
