namespace Simile.Storage;

/// <summary>What is looked for among the items of one kind.</summary>
/// <param name="Kind">The kind that is searched.</param>
/// <param name="Vector">As many components as the store's model has dimensions.</param>
internal sealed record StoreQuery(MediaKind Kind, ReadOnlyMemory<float> Vector)
{
    /// <summary>What makes of a cosine a score that can be compared with those of other kinds; it must not turn the order around. Null: the cosine is the score.</summary>
    public Func<float, float>? Comparable { get; init; }
}
