namespace Simile.Storage;

/// <summary>A query for items of one kind.</summary>
/// <param name="Kind">The kind to search.</param>
/// <param name="Vector">A vector with the dimensions of the store's model.</param>
internal sealed record StoreQuery(MediaKind Kind, ReadOnlyMemory<float> Vector)
{
    /// <summary>Turns a cosine into a score that is comparable among kinds. Must be increasing. Null: the cosine is the score.</summary>
    public Func<float, float>? Comparable { get; init; }
}
