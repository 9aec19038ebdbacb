namespace Simile.Embedding;

/// <summary>The vectors of one picture or sound file, or why it has none.</summary>
/// <param name="Parts">One vector for a picture, one for each part of a sound.</param>
/// <param name="Refusal">Why the file has no vectors, in a sentence; null where it has.</param>
public sealed record EmbeddedFile(IReadOnlyList<EmbeddedPart> Parts, string? Refusal)
{
    /// <summary>A file that cannot be embedded.</summary>
    public static EmbeddedFile Refused(string reason) => new([], reason);
}

/// <summary>One vector of a file.</summary>
/// <param name="Vector">As many components as the model has dimensions.</param>
/// <param name="From">Where the part of a sound begins; zero for a picture.</param>
/// <param name="To">Where the part of a sound ends; zero for a picture.</param>
public readonly record struct EmbeddedPart(ReadOnlyMemory<float> Vector, TimeSpan From = default, TimeSpan To = default);
