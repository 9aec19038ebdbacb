namespace Simile.Documents;

/// <summary>The text of a document in reading order.</summary>
/// <param name="Parts">Pages, slides, sheets, chapters or attachments.</param>
public sealed record DocumentText(IReadOnlyList<DocumentPart> Parts)
{
    /// <summary>A remark for people about the reading, as the end of a sentence that begins with "it"; empty if there is none.</summary>
    public string Remark { get; init; } = string.Empty;
}

/// <summary>A page, slide, sheet, message or other unit in which a document counts.</summary>
/// <param name="Place">Its name for people; null for a document without parts.</param>
/// <param name="Blocks">Its text.</param>
public sealed record DocumentPart(DocumentPlace? Place, IReadOnlyList<DocumentBlock> Blocks);

/// <summary>A location in a document.</summary>
/// <param name="Kind">A word: page, slide, sheet, part, message or attachment.</param>
/// <param name="Name">A number from 1, or a name.</param>
public sealed record DocumentPlace(string Kind, string Name);

/// <summary>A block of text, such as a paragraph.</summary>
/// <param name="Kind">Its type.</param>
/// <param name="Text">The text as displayed. A row has one line "column: value" per cell.</param>
public sealed record DocumentBlock(BlockKind Kind, string Text);
