namespace Simile.Analysis;

/// <summary>How clusters are taken out of the condensed tree.</summary>
public enum ClusterSelection
{
    /// <summary>Those that live longest, each weighed against all that it falls into: few, of different density.</summary>
    ExcessOfMass,

    /// <summary>The leaves of the tree: many, small, of like density.</summary>
    Leaf,
}
