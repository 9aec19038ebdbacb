namespace Simile.Models;

/// <summary>The kind of media that a vector represents.</summary>
public enum MediaKind
{
    /// <summary>A string, such as a passage of a document.</summary>
    Text,

    /// <summary>A picture.</summary>
    Image,

    /// <summary>A waveform, such as a recording or a part of one.</summary>
    Sound,
}
