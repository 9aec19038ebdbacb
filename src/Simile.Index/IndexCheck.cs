namespace Simile.Index;

/// <summary>How much of an index file is compared with its checksums when it is opened.</summary>
public enum IndexCheck
{
    /// <summary>All of it, on all cores: about a tenth of a second a gigabyte that the system has in memory. A damaged file is never searched.</summary>
    All,

    /// <summary>What says where things are, but neither vectors nor codes: for files that are larger than memory or on a slow disk. Damaged vectors give wrong scores, nothing worse.</summary>
    Structure,
}
