namespace Simile.Analysis;

/// <summary>The distance between two groups.</summary>
public enum Linkage
{
    /// <summary>The mean distance of their members (UPGMA).</summary>
    Average,

    /// <summary>The largest distance of two members: compact groups.</summary>
    Complete,

    /// <summary>The smallest distance of two members: chains.</summary>
    Single,
}
