namespace Simile;

/// <summary>What a search by text compares.</summary>
public enum SearchMode
{
    /// <summary>Meaning and words: an item that holds rare words of the query is moved up.</summary>
    Hybrid,

    /// <summary>Only meaning, by vectors.</summary>
    Vector,

    /// <summary>Only words: items that hold none of them are not found. Of pictures and sounds, words of their file names.</summary>
    Keyword,
}
