namespace Simile;

/// <summary>What a store is opened for.</summary>
public enum StoreAccess
{
    /// <summary>Searching; any number at once.</summary>
    ReadOnly,

    /// <summary>Indexing and searching; one at a time.</summary>
    ReadWrite,
}
