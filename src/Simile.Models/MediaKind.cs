namespace Simile.Models;

/// <summary>The kind of media that a vector represents.</summary>
public enum MediaKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A picture.</summary>
    Image,

    /// <summary>A sound.</summary>
    Sound,
}
