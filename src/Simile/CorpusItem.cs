using Simile.Documents;

namespace Simile;

/// <summary>
/// An item with a vector in a corpus: a <see cref="PassageItem"/>, an <see cref="ImageItem"/> or a <see cref="SoundItem"/>.
/// </summary>
/// <param name="Path">Full path of its file.</param>
public abstract record CorpusItem(string Path)
{
    /// <summary>Text, picture or sound, as the type of the item says.</summary>
    public abstract MediaKind Kind { get; }
}

/// <summary>A passage of a text file.</summary>
/// <param name="Path">Full path of its file.</param>
/// <param name="Line">Line of its first character, from 1.</param>
/// <param name="Start">Offset of its first character in the decoded file, in UTF-16 units, without a byte order mark.</param>
/// <param name="End">Offset after its last character.</param>
/// <param name="Text">The passage as displayed; for plain text exactly the characters from Start to End.</param>
public sealed record PassageItem(string Path, int Line, int Start, int End, string Text) : CorpusItem(Path)
{
    /// <summary>The page, slide, sheet or other part of its document, in which lines are counted; null for a text file.</summary>
    public DocumentPlace? Place { get; init; }

    /// <inheritdoc/>
    public override MediaKind Kind => MediaKind.Text;
}

/// <summary>A picture file.</summary>
/// <param name="Path">Full path of its file.</param>
public sealed record ImageItem(string Path) : CorpusItem(Path)
{
    /// <inheritdoc/>
    public override MediaKind Kind => MediaKind.Image;
}

/// <summary>A part of a sound file.</summary>
/// <param name="Path">Full path of its file.</param>
/// <param name="From">Start of the part.</param>
/// <param name="To">End of the part.</param>
public sealed record SoundItem(string Path, TimeSpan From, TimeSpan To) : CorpusItem(Path)
{
    /// <inheritdoc/>
    public override MediaKind Kind => MediaKind.Sound;
}
