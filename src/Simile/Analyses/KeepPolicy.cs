namespace Simile.Analyses;

/// <summary>Which item of a group of duplicates is kept.</summary>
public enum KeepPolicy
{
    /// <summary>The first one, in the order of the items.</summary>
    First,

    /// <summary>The largest file.</summary>
    Largest,

    /// <summary>The file that was changed last the longest time ago.</summary>
    Oldest,

    /// <summary>The picture of the most pixels; of other files the largest.</summary>
    Resolution,
}
