using Simile.Documents;

namespace Simile;

/// <summary>A part of a file with its text.</summary>
/// <param name="Place">The page, slide, sheet or other part of a document; null for a file without parts.</param>
/// <param name="Text">Its text. Lines of passages are counted in it, from 1.</param>
public sealed record FilePart(DocumentPlace? Place, string Text);
