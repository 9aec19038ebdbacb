namespace Simile;

/// <summary>Something that a search found: a passage of a text, a picture, or a part of a sound.</summary>
/// <param name="Path">Full path of its file.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Score">Greater is closer. The cosine, made comparable by the <see cref="StoreQuery"/> where several kinds were searched.</param>
public sealed record StoreHit(string Path, ItemKind Kind, float Score)
{
    /// <summary>The cosine of the query's vector and this one.</summary>
    public float Cosine { get; init; }

    /// <summary>Of a passage, the line of its first character, from 1; otherwise 0.</summary>
    public int Line { get; init; }

    /// <summary>Of a passage, the offset of its first character in the decoded file, in UTF-16 units; a byte order mark is not counted.</summary>
    public int Start { get; init; }

    /// <summary>Of a passage, the offset behind its last character.</summary>
    public int End { get; init; }

    /// <summary>The passage as people read it; of plain text exactly the characters from Start to End. Otherwise empty.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>Of a sound, when the part that was found begins.</summary>
    public TimeSpan From { get; init; }

    /// <summary>Of a sound, when it ends.</summary>
    public TimeSpan To { get; init; }
}
