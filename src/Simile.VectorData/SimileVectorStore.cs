using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;
using Simile.VectorData.Model;
using Simile.VectorData.Storage;

namespace Simile.VectorData;

/// <summary>
/// An embedded vector database in a folder: records with keys, data and vectors; durable, filtered, searched by vectors and by words.
/// </summary>
/// <remarks>
/// <para>
/// Thread-safe. Any number of stores of a process may open one folder: they share its connections and one copy of the vectors. One process
/// writes at a time, others read what is committed; a second writer gets an error that names the first. The folder is created with the
/// first collection, for its owner alone.
/// </para>
/// <para>
/// SQLite holds everything in <c>store.db</c>; the folder <c>indexes</c> is a cache that may be deleted. Records and vectors have
/// checksums, which are verified when they are read.
/// </para>
/// <para>Collections that <see cref="GetCollection"/> gives use this store and end with it.</para>
/// </remarks>
public sealed class SimileVectorStore : VectorStore
{
    /// <summary>The name of this kind of store in metadata and exceptions.</summary>
    public const string SystemName = "simile";

    private readonly StoreFolder _folder;
    private readonly SimileVectorStoreOptions _options;
    private readonly VectorStoreMetadata _metadata;
    private int _disposed;

    /// <summary>Opens the store of a folder, which need not exist yet.</summary>
    /// <param name="path">Path of the folder.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public SimileVectorStore(string path, SimileVectorStoreOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _folder = StoreFolder.Open(path);
        _options = options ?? new SimileVectorStoreOptions();
        _metadata = new VectorStoreMetadata { VectorStoreSystemName = SystemName, VectorStoreName = _folder.Path };
    }

    /// <summary>The full path of the folder.</summary>
    public string Path => _folder.Path;

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">
    /// A property has a type that is not stored, or an index or a distance that does not exist.
    /// </exception>
    /// <exception cref="InvalidOperationException">The record and its definition do not fit together.</exception>
    [RequiresDynamicCode("Records are mapped by reflection: use GetDynamicCollection where code is compiled ahead of time.")]
    [RequiresUnreferencedCode("Records are mapped by reflection: use GetDynamicCollection where code is trimmed.")]
    public override SimileCollection<TKey, TRecord> GetCollection<TKey, TRecord>(
        string name, VectorStoreCollectionDefinition? definition = null) =>
        typeof(TRecord) == typeof(Dictionary<string, object?>)
            ? throw new ArgumentException(VectorDataStrings.GetCollectionWithDictionaryNotSupported)
            : new(_folder, name, SimileCollection<TKey, TRecord>.Shape(definition, _options.EmbeddingGenerator), _options.Durability);

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">
    /// A property has a type that is not stored, or an index or a distance that does not exist.
    /// </exception>
    public override SimileDynamicCollection GetDynamicCollection(string name, VectorStoreCollectionDefinition definition) =>
        new(_folder, name, SimileDynamicCollection.Shape(definition, _options.EmbeddingGenerator), _options.Durability);

    /// <inheritdoc/>
    public override async IAsyncEnumerable<string> ListCollectionNamesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var names = await RunAsync(
            "ListCollectionNames",
            () => _folder.Read(connection =>
            {
                using var rows = connection.Rows("SELECT name FROM collections ORDER BY name");
                var found = new List<string>();
                while (rows.Read())
                {
                    found.Add(rows.GetString(0));
                }

                return found;
            }),
            cancellationToken).ConfigureAwait(false);
        foreach (var name in names ?? [])
        {
            yield return name;
        }
    }

    /// <inheritdoc/>
    public override Task<bool> CollectionExistsAsync(string name, CancellationToken cancellationToken = default) =>
        RunAsync("CollectionExists", () => _folder.Read(connection => CollectionRow.Find(connection, name)) is not null, cancellationToken);

    /// <inheritdoc/>
    public override Task EnsureCollectionDeletedAsync(string name, CancellationToken cancellationToken = default) =>
        CollectionLife.DeleteAsync(_folder, name, _options.Durability, cancellationToken);

    /// <summary>Gives the disk back what removed records used, while the store is in use.</summary>
    /// <exception cref="VectorStoreException">Another process writes, or the disk has no room for a copy of what remains.</exception>
    public Task VacuumAsync(CancellationToken cancellationToken = default) => Maintenance.VacuumAsync(_folder, cancellationToken);

    /// <summary>Copies the store, as it is at one moment, into a new folder while it is in use. Indexes are built again there.</summary>
    /// <param name="path">A folder that does not exist or is empty.</param>
    /// <param name="cancellationToken">Stops before the copy begins.</param>
    /// <exception cref="VectorStoreException">The folder holds files, or cannot be written.</exception>
    public Task BackUpAsync(string path, CancellationToken cancellationToken = default) =>
        Maintenance.BackUpAsync(_folder, path, cancellationToken);

    /// <summary>Verifies the database and every checksum.</summary>
    /// <returns>A sentence for each damaged place; none if all is well.</returns>
    public Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken = default) =>
        Maintenance.CheckAsync(_folder, cancellationToken);

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(VectorStoreMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _folder.Dispose();
        }

        base.Dispose(disposing);
    }

    private Task<T> RunAsync<T>(string operation, Func<T> work, CancellationToken cancellationToken) =>
        Operations.RunAsync(_folder, null, operation, () => Task.Run(work, cancellationToken));
}
