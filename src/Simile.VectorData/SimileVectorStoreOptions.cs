using Microsoft.Extensions.AI;

namespace Simile.VectorData;

/// <summary>Durability and default embedding generator of a <see cref="SimileVectorStore"/>.</summary>
public sealed class SimileVectorStoreOptions
{
    /// <summary>
    /// Makes vectors from other values, for properties whose type is no vector and for searches by such values. A generator of a collection
    /// or of a property comes first.
    /// </summary>
    public IEmbeddingGenerator? EmbeddingGenerator { get; set; }

    /// <summary>When a change is acknowledged. Default: when it is on the disk.</summary>
    public Durability Durability { get; set; }
}
