namespace Simile;

/// <summary>What a store keeps a vector of.</summary>
public enum ItemKind
{
    /// <summary>A passage of a text file.</summary>
    Passage,

    /// <summary>A picture: a whole file.</summary>
    Image,

    /// <summary>A part of a sound file.</summary>
    Sound,
}
