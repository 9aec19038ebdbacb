namespace Simile.Passages;

/// <summary>A part of a document that is short enough for one vector.</summary>
/// <param name="Start">Offset of its first character in the decoded file, in UTF-16 units.</param>
/// <param name="End">Offset after its last character.</param>
/// <param name="Line">Line of its first character, from 1.</param>
/// <param name="Text">The text as displayed.</param>
/// <param name="Heading">The nearest headings above it; empty if there are none.</param>
internal sealed record Passage(int Start, int End, int Line, string Text, string Heading)
{
    /// <summary>The text that is embedded.</summary>
    public string Embedded => Heading.Length == 0 ? Text : $"{Heading}\n{Text}";
}
