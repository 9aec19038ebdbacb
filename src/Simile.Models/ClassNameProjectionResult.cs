namespace Simile.Models;

/// <summary>The result of a join.</summary>
/// <param name="Folder">The folder, for <see cref="MultimodalModel.Load"/>.</param>
/// <param name="Kinds">The media kinds that it embeds.</param>
/// <param name="Classes">Number of classes of the added classifier.</param>
/// <param name="Dimensions">Dimensions of each vector.</param>
public sealed record ClassNameProjectionResult(string Folder, IReadOnlyList<MediaKind> Kinds, int Classes, int Dimensions);
