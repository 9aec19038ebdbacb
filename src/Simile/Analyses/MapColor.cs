namespace Simile.Analyses;

/// <summary>What the points of a map are grouped by.</summary>
public enum MapColor
{
    /// <summary>Their labels where all have one; else their folders where there are two or more; else clusters.</summary>
    Auto,

    /// <summary>All points have the same color.</summary>
    None,

    /// <summary>Their labels.</summary>
    Label,

    /// <summary>The folders that they lie in.</summary>
    Folder,

    /// <summary>Whether they are texts, pictures or sounds.</summary>
    Kind,

    /// <summary>Clusters that are found.</summary>
    Cluster,
}
