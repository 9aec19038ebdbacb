using Microsoft.Extensions.VectorData;

namespace Simile.VectorData;

/// <summary>Definition, durability and embedding generator of a <see cref="SimileCollection{TKey, TRecord}"/>.</summary>
public sealed class SimileCollectionOptions : VectorStoreCollectionOptions
{
    /// <summary>When a change is acknowledged. Default: when it is on the disk.</summary>
    public Durability Durability { get; set; }
}
