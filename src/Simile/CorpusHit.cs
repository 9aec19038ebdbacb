namespace Simile;

/// <summary>Something that a search found.</summary>
/// <param name="Item">What was found.</param>
/// <param name="Score">Greater is closer. The cosine where one kind was asked for or the model knows but one; otherwise made comparable among the kinds, whatever the corpus holds.</param>
/// <param name="Cosine">The cosine of the query's vector and the item's.</param>
public sealed record CorpusHit(CorpusItem Item, float Score, float Cosine);
