using Simile.Documents;

namespace Simile;

/// <summary>What a corpus keeps a vector of: a <see cref="PassageItem"/>, an <see cref="ImageItem"/> or a <see cref="SoundItem"/>.</summary>
/// <param name="Path">Full path of its file.</param>
public abstract record CorpusItem(string Path)
{
    /// <summary>What it is.</summary>
    public abstract MediaKind Kind { get; }
}

/// <summary>A passage of a text file.</summary>
/// <param name="Path">Full path of its file.</param>
/// <param name="Line">Line of its first character, from 1.</param>
/// <param name="Start">Offset of its first character in the decoded file, in UTF-16 units; a byte order mark is not counted.</param>
/// <param name="End">Offset behind its last character.</param>
/// <param name="Text">The passage as people read it; of plain text exactly the characters from Start to End.</param>
public sealed record PassageItem(string Path, int Line, int Start, int End, string Text) : CorpusItem(Path)
{
    /// <summary>The page, slide, sheet or other part of its document, in which lines are counted; null for a text file.</summary>
    public DocumentPlace? Place { get; init; }

    /// <inheritdoc/>
    public override MediaKind Kind => MediaKind.Text;
}

/// <summary>A picture: a whole file.</summary>
/// <param name="Path">Full path of its file.</param>
public sealed record ImageItem(string Path) : CorpusItem(Path)
{
    /// <inheritdoc/>
    public override MediaKind Kind => MediaKind.Image;
}

/// <summary>A part of a sound file.</summary>
/// <param name="Path">Full path of its file.</param>
/// <param name="From">Where the part begins.</param>
/// <param name="To">Where it ends.</param>
public sealed record SoundItem(string Path, TimeSpan From, TimeSpan To) : CorpusItem(Path)
{
    /// <inheritdoc/>
    public override MediaKind Kind => MediaKind.Sound;
}
