using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Simile.VectorData.Model;
using Simile.VectorData.Storage;

namespace Simile.VectorData;

/// <summary>A collection whose records are dictionaries, described by a definition alone. Needs no reflection.</summary>
/// <inheritdoc cref="SimileCollection{TKey, TRecord}" path="/remarks"/>
#pragma warning disable CA1711 // The platform's names of providers end so.
public sealed class SimileDynamicCollection : SimileCollection<object, Dictionary<string, object?>>
{
    /// <summary>Opens a collection of a store, which need not exist yet.</summary>
    /// <param name="path">The store's folder.</param>
    /// <param name="name">The collection's name.</param>
    /// <param name="options">Options with a definition.</param>
    /// <exception cref="ArgumentException">The path or the name is empty, or the options have no definition.</exception>
    /// <exception cref="NotSupportedException">
    /// A property has a type that is not stored, or an index or a distance that does not exist.
    /// </exception>
    public SimileDynamicCollection(string path, string name, SimileCollectionOptions options)
        : base(
            path,
            name,
            Shape(
                options?.Definition ?? throw new ArgumentException("A dynamic collection needs a definition.", nameof(options)),
                options.EmbeddingGenerator),
            options.Durability)
    {
    }

    internal SimileDynamicCollection(StoreFolder folder, string name, CollectionShape shape, Durability durability)
        : base(folder, name, shape, durability)
    {
    }

    internal static new CollectionShape Shape(VectorStoreCollectionDefinition definition, IEmbeddingGenerator? generator)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return new(new SimileModelBuilder().BuildDynamic(definition, definition.EmbeddingGenerator ?? generator));
    }
}
