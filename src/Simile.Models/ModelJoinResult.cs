namespace Simile.Models;

/// <summary>What a join made.</summary>
/// <param name="Folder">The folder, which <see cref="JointModel.Load"/> takes.</param>
/// <param name="Kinds">What it has vectors of.</param>
/// <param name="Classes">The classes of the classifier that was joined.</param>
/// <param name="Dimensions">Components of each vector.</param>
public sealed record ModelJoinResult(string Folder, IReadOnlyList<MediaKind> Kinds, int Classes, int Dimensions);
