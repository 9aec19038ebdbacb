namespace Simile.Models;

/// <summary>What a vector is the vector of.</summary>
public enum MediaKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A picture.</summary>
    Image,

    /// <summary>A sound.</summary>
    Sound,
}
