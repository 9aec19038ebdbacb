namespace Simile.Analysis;

/// <summary>How clusters are selected from the condensed tree.</summary>
public enum ClusterSelection
{
    /// <summary>Excess of mass: the most persistent clusters. Gives few clusters, of different density.</summary>
    ExcessOfMass,

    /// <summary>The leaves of the tree. Gives many small clusters of similar density.</summary>
    Leaf,
}
