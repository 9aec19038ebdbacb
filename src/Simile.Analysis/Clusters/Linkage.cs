namespace Simile.Analysis;

/// <summary>How far apart two groups are.</summary>
public enum Linkage
{
    /// <summary>The mean distance of their members (UPGMA).</summary>
    Average,

    /// <summary>The greatest distance of two members: compact groups.</summary>
    Complete,

    /// <summary>The least distance of two members: chains.</summary>
    Single,
}
