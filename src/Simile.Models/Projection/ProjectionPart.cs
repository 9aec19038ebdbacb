namespace Simile.Models.Projection;

/// <summary>The entry of one classifier in a joined folder.</summary>
/// <param name="Classifier">Its path, or its name in the hub's cache.</param>
/// <param name="Layer">The layer with the class scores.</param>
/// <param name="Templates">The templates of the class names.</param>
internal sealed record ProjectionPart(string Classifier, ClassLayer Layer, IReadOnlyList<string> Templates);
