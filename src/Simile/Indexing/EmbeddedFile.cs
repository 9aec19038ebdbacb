namespace Simile.Indexing;

/// <summary>What became of a file that an <see cref="IMediaEmbedder"/> was given.</summary>
/// <param name="Parts">Its vectors: one for a picture, one for each part of a sound.</param>
/// <param name="Refusal">Why it has none, a sentence; null where it has.</param>
public sealed record EmbeddedFile(IReadOnlyList<EmbeddedPart> Parts, string? Refusal)
{
    /// <summary>A file that is refused.</summary>
    public static EmbeddedFile Refused(string reason) => new([], reason);
}

/// <summary>A vector of a file.</summary>
/// <param name="Vector">As many components as the model has dimensions.</param>
/// <param name="From">Of a sound, when the part begins.</param>
/// <param name="To">Of a sound, when it ends.</param>
public readonly record struct EmbeddedPart(ReadOnlyMemory<float> Vector, TimeSpan From = default, TimeSpan To = default);
