namespace Simile.Documents;

/// <summary>The text of a document, in the order in which people read it.</summary>
/// <param name="Parts">Pages, slides, sheets, chapters or attachments.</param>
public sealed record DocumentText(IReadOnlyList<DocumentPart> Parts)
{
    /// <summary>What a person should know of the reading, the end of a sentence that begins with "it"; empty where all is as usual.</summary>
    public string Remark { get; init; } = string.Empty;
}

/// <summary>A part of a document.</summary>
/// <param name="Place">What people call it; null for a document without parts.</param>
/// <param name="Blocks">Its text.</param>
public sealed record DocumentPart(DocumentPlace? Place, IReadOnlyList<DocumentBlock> Blocks);

/// <summary>Where in a document something stands.</summary>
/// <param name="Kind">A word: page, slide, sheet, part, message or attachment.</param>
/// <param name="Name">A number from 1, or a name.</param>
public sealed record DocumentPlace(string Kind, string Name);

/// <summary>A piece of text that people see as one.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The text as people read it. Of a row "column: value", a line each.</param>
public sealed record DocumentBlock(BlockKind Kind, string Text);
