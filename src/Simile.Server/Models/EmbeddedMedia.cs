namespace Simile.Server.Models;

/// <summary>The vector of a picture or a sound, or the reason why it has none.</summary>
internal readonly record struct EmbeddedMedia(ReadOnlyMemory<float> Vector, string? Refusal);
