namespace Simile.Embedding;

/// <summary>The vectors of a picture or sound file, or the reason why it has none.</summary>
/// <param name="Parts">One vector for a picture, one for each part of a sound.</param>
/// <param name="Refusal">The reason why the file has no vectors, as a sentence; otherwise null.</param>
public sealed record EmbeddedFile(IReadOnlyList<EmbeddedPart> Parts, string? Refusal)
{
    /// <summary>A file that cannot be embedded.</summary>
    public static EmbeddedFile Refused(string reason) => new([], reason);
}

/// <summary>One vector of a file.</summary>
/// <param name="Vector">A vector with the model's dimensions.</param>
/// <param name="From">Start of the part of a sound; zero for a picture.</param>
/// <param name="To">End of the part of a sound; zero for a picture.</param>
public readonly record struct EmbeddedPart(ReadOnlyMemory<float> Vector, TimeSpan From = default, TimeSpan To = default);
