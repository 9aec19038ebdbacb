namespace Simile.Documents;

/// <summary>The type of a block.</summary>
public enum BlockKind
{
    /// <summary>A heading of the blocks below it.</summary>
    Heading,

    /// <summary>A paragraph.</summary>
    Prose,

    /// <summary>A row of a table. Never merged with another block.</summary>
    Row,

    /// <summary>Source code lines without an empty line.</summary>
    Code,
}

/// <summary>A block of a document, such as a paragraph, in file order.</summary>
/// <param name="Kind">Its type.</param>
/// <param name="Text">Its text as displayed, trimmed.</param>
/// <param name="Start">Offset of its first character in the decoded file.</param>
/// <param name="End">Offset after its last character.</param>
internal sealed record Block(BlockKind Kind, ReadOnlyMemory<char> Text, int Start, int End)
{
    /// <summary>
    /// The file position of each character of <see cref="Text"/>. Null if the text is a slice of the file or, for a row, generated from it.
    /// </summary>
    public (int Start, int End)[]? Places { get; init; }

    /// <summary>The part of the document that contains it; null if the document has no parts.</summary>
    public PartMark? Part { get; init; }

    /// <summary>A block that is a slice of the file.</summary>
    public static Block Slice(BlockKind kind, string document, int start, int end) =>
        new(kind, document.AsMemory(start, end - start), start, end);

    /// <summary>The file positions of the characters of <see cref="Text"/>.</summary>
    public (int Start, int End) Locate(int from, int to) =>
        Places is not null ? (Places[from].Start, Places[to - 1].End)
        : Kind == BlockKind.Row ? (Start, End)
        : (Start + from, Start + to);
}
