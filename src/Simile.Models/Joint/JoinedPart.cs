namespace Simile.Models.Joint;

/// <summary>What a joined folder says of one of its classifiers.</summary>
/// <param name="Classifier">Its path or its name in the hub's cache.</param>
/// <param name="Layer">The layer that holds a number for each class.</param>
/// <param name="Templates">The sentences that the names of its classes stand in.</param>
internal sealed record JoinedPart(string Classifier, ClassLayer Layer, IReadOnlyList<string> Templates);
