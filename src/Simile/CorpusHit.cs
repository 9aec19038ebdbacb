namespace Simile;

/// <summary>A search result.</summary>
/// <param name="Item">The item that was found.</param>
/// <param name="Score">
/// Greater is closer. The cosine if one kind was asked for or the model has only one; otherwise calibrated to be comparable among kinds.
/// </param>
/// <param name="Cosine">The cosine between the query's vector and the item's.</param>
public sealed record CorpusHit(CorpusItem Item, float Score, float Cosine);
