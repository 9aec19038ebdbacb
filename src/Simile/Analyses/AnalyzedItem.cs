namespace Simile.Analyses;

/// <summary>What a vector is of: a file of a corpus, or a row of a file of vectors.</summary>
public sealed record AnalyzedItem
{
    /// <summary>Full path of the file, or the id that the file of vectors has for the row; null where it has none.</summary>
    public string? Path { get; init; }

    /// <summary>Row of the vectors, from 0, in the file that they come from.</summary>
    public int Row { get; init; }

    /// <summary>What it is; null for rows of a file of vectors.</summary>
    public MediaKind? Kind { get; init; }

    /// <summary>The beginning of its text; null if there is none.</summary>
    public string? Text { get; init; }

    /// <summary>Its class; null where none is known.</summary>
    public string? Label { get; init; }
}
