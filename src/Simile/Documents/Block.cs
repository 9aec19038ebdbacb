namespace Simile.Documents;

/// <summary>What a piece of a document is to its readers.</summary>
public enum BlockKind
{
    /// <summary>Names what comes below it.</summary>
    Heading,

    /// <summary>A paragraph.</summary>
    Prose,

    /// <summary>A row of a table: never joined with another.</summary>
    Row,

    /// <summary>Lines of source code without an empty one.</summary>
    Code,
}

/// <summary>A piece of a document that people see as one, in the order of the file.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The text as people read it, no white space around it.</param>
/// <param name="Start">Offset of its first character in the decoded file.</param>
/// <param name="End">Offset behind its last character.</param>
internal sealed record Block(BlockKind Kind, ReadOnlyMemory<char> Text, int Start, int End)
{
    /// <summary>Where each character of <see cref="Text"/> stands in the file; null where the text is that of the file or, for a row, made from it.</summary>
    public (int Start, int End)[]? Places { get; init; }

    /// <summary>The part of the document that it stands in; null where the document has no parts.</summary>
    public PartMark? Part { get; init; }

    /// <summary>A block that is a slice of the file.</summary>
    public static Block Slice(BlockKind kind, string document, int start, int end) => new(kind, document.AsMemory(start, end - start), start, end);

    /// <summary>Where characters of <see cref="Text"/> stand in the file.</summary>
    public (int Start, int End) Locate(int from, int to) =>
        Places is not null ? (Places[from].Start, Places[to - 1].End)
        : Kind == BlockKind.Row ? (Start, End)
        : (Start + from, Start + to);
}
