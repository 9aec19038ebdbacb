using Simile.Documents;
using Simile.Passages;
using Simile.Storage;

namespace Simile.Sync;

/// <summary>What became of a file that was looked at.</summary>
internal enum FileState
{
    /// <summary>Content, size and time are as they were.</summary>
    Unchanged,

    /// <summary>The content is as it was, size or time are not.</summary>
    Touched,

    /// <summary>New, or with new content.</summary>
    Changed,

    /// <summary>It holds nothing that can be indexed: what was known of it goes.</summary>
    Unfit,

    /// <summary>It was passed over on purpose: a program wrote it.</summary>
    LeftOut,

    /// <summary>It could not be read this time: what was known of it stays.</summary>
    Unread,
}

/// <summary>A file that was looked at.</summary>
/// <param name="State">What became of it.</param>
/// <param name="Path">Its full path.</param>
/// <param name="Known">What the store knows of it; null for a new one.</param>
internal sealed record FileReading(FileState State, string Path, FileRow? Known)
{
    /// <summary>What the file holds.</summary>
    public MediaKind Kind { get; init; }

    /// <summary>What is to be stored.</summary>
    public FileRow? Row { get; init; }

    /// <summary>Why it is unfit or unread.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>What a person should know of its reading; empty where all is as usual.</summary>
    public string Remark { get; init; } = string.Empty;

    /// <summary>Where the parts of a document begin; empty for a text.</summary>
    public IReadOnlyList<PartMark> Parts { get; init; } = [];

    /// <summary>Characters of the text.</summary>
    public int Length { get; init; }

    /// <summary>Whether the text is cut while it is embedded, and committed in parts.</summary>
    public bool IsLarge { get; init; }

    /// <summary>Cuts the content; asked for at most once.</summary>
    public Func<IEnumerable<Passage>>? Cut { get; init; }

    /// <summary>The passages; null where the text is large, or another file with the same content is thought to be in the store.</summary>
    public List<Passage>? Passages { get; init; }
}
