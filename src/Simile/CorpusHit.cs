namespace Simile;

/// <summary>Something that a search found.</summary>
/// <param name="Item">What was found.</param>
/// <param name="Score">Greater is closer. The cosine; where several kinds were searched, made comparable among them.</param>
/// <param name="Cosine">The cosine of the query's vector and the item's.</param>
public sealed record CorpusHit(CorpusItem Item, float Score, float Cosine);
