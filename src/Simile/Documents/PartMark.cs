namespace Simile.Documents;

/// <summary>Where a part of a document begins.</summary>
/// <param name="Start">Offset in the text of the document.</param>
/// <param name="Place">What people call it.</param>
internal sealed record PartMark(int Start, DocumentPlace Place);
