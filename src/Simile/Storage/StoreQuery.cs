using Simile.Keywords;

namespace Simile.Storage;

/// <summary>A query for items of one kind.</summary>
/// <param name="Kind">The kind to search.</param>
/// <param name="Vector">A vector with the dimensions of the store's model.</param>
internal sealed record StoreQuery(MediaKind Kind, ReadOnlyMemory<float> Vector)
{
    /// <summary>Turns a cosine into a score that is comparable among kinds. Must be increasing. Null: the cosine is the score.</summary>
    public Func<float, float>? Comparable { get; init; }

    /// <summary>The words of the query; null to search by the vector alone.</summary>
    public KeywordQuery? Keywords { get; init; }

    /// <summary>Whether only items are found that hold words of the query.</summary>
    public bool OnlyKeywords { get; init; }
}
