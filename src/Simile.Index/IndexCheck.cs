namespace Simile.Index;

/// <summary>Which checksums are verified when an index file is opened.</summary>
public enum IndexCheck
{
    /// <summary>All, on all cores: about a tenth of a second per cached gigabyte. A damaged file is never searched.</summary>
    All,

    /// <summary>
    /// Only the structure, not vectors and codes: for files larger than memory or on a slow disk. Damaged vectors give wrong scores, but
    /// nothing worse.
    /// </summary>
    Structure,
}
