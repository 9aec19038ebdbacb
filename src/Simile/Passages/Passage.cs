namespace Simile.Passages;

/// <summary>A piece of a document small enough for one vector.</summary>
/// <param name="Start">Offset of its first character in the decoded file, in UTF-16 units.</param>
/// <param name="End">Offset behind its last character.</param>
/// <param name="Line">Line of its first character, from 1.</param>
/// <param name="Text">The text as people read it.</param>
/// <param name="Heading">The headings right above it; empty where there are none.</param>
internal sealed record Passage(int Start, int End, int Line, string Text, string Heading)
{
    /// <summary>What the vector is made of.</summary>
    public string Embedded => Heading.Length == 0 ? Text : $"{Heading}\n{Text}";
}
