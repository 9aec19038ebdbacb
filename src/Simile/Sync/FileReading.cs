using Simile.Documents;
using Simile.Passages;
using Simile.Storage;

namespace Simile.Sync;

/// <summary>The result of looking at a file.</summary>
internal enum FileState
{
    /// <summary>Content, size and time are unchanged.</summary>
    Unchanged,

    /// <summary>The content is unchanged, size or time are not.</summary>
    Touched,

    /// <summary>New, or with new content.</summary>
    Changed,

    /// <summary>It cannot be indexed: its items are removed.</summary>
    Unfit,

    /// <summary>It was skipped on purpose: a program wrote it.</summary>
    LeftOut,

    /// <summary>It could not be read this time: its items stay.</summary>
    Unread,
}

/// <summary>A file that was looked at.</summary>
/// <param name="State">The result.</param>
/// <param name="Path">Its full path.</param>
/// <param name="Known">Its row in the store; null for a new file.</param>
internal sealed record FileReading(FileState State, string Path, FileRow? Known)
{
    /// <summary>Its content type.</summary>
    public MediaKind Kind { get; init; }

    /// <summary>The row to store.</summary>
    public FileRow? Row { get; init; }

    /// <summary>The reason if it is unfit or unread.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>A remark for people about the reading; empty if there is none.</summary>
    public string Remark { get; init; } = string.Empty;

    /// <summary>The starts of a document's parts; empty for a text.</summary>
    public IReadOnlyList<PartMark> Parts { get; init; } = [];

    /// <summary>Number of characters of the text.</summary>
    public int Length { get; init; }

    /// <summary>Whether the text is split while it is embedded, and committed in parts.</summary>
    public bool IsLarge { get; init; }

    /// <summary>Splits the content. Called at most once.</summary>
    public Func<IEnumerable<Passage>>? Cut { get; init; }

    /// <summary>The passages; null if the text is large, or if another file with the same content is probably stored.</summary>
    public List<Passage>? Passages { get; init; }
}
