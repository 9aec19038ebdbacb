using Microsoft.Extensions.VectorData;

namespace Simile.VectorData.Tests;

/// <summary>A store in a folder of its own, deleted at the end.</summary>
public sealed class TemporaryStore : IDisposable
{
    public TemporaryStore(SimileVectorStoreOptions? options = null)
    {
        Path = Directory.CreateTempSubdirectory("simile-vectordata-").FullName;
        Store = new SimileVectorStore(Path, options);
    }

    public string Path { get; }

    public SimileVectorStore Store { get; private set; }

    /// <summary>Closes the store and opens it again.</summary>
    public void Reopen(SimileVectorStoreOptions? options = null)
    {
        Store.Dispose();
        Store = new SimileVectorStore(Path, options);
    }

    /// <summary>A collection that exists.</summary>
    public async Task<SimileCollection<TKey, TRecord>> CollectionAsync<TKey, TRecord>(
        string name = "things", VectorStoreCollectionDefinition? definition = null)
        where TKey : notnull
        where TRecord : class
    {
        var collection = Store.GetCollection<TKey, TRecord>(name, definition);
        await collection.EnsureCollectionExistsAsync();
        return collection;
    }

    public void Dispose()
    {
        Store.Dispose();
        Directory.Delete(Path, recursive: true);
    }
}
