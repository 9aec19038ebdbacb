using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Simile.VectorData.Model;
using Simile.VectorData.Storage;

namespace Simile.VectorData;

/// <summary>A collection of records in a <see cref="SimileVectorStore"/>.</summary>
/// <typeparam name="TKey">
/// The key's type: string, Guid or a whole number of any size. A Guid that is empty is generated when the record is written.
/// </typeparam>
/// <typeparam name="TRecord">The records' type, with a parameterless constructor.</typeparam>
/// <remarks>
/// Thread-safe. A batch is written whole or not at all, and is durable when the call returns (<see cref="Durability"/>). A search sees
/// every change that was acknowledged before it began, and never waits for a writer. Failures of the store throw
/// <see cref="VectorStoreException"/> with a sentence that says what to do.
/// </remarks>
public partial class SimileCollection<TKey, TRecord> : VectorStoreCollection<TKey, TRecord>, IKeywordHybridSearchable<TRecord>
    where TKey : notnull
    where TRecord : class
{
    private readonly StoreFolder _folder;
    private readonly CollectionShape _shape;
    private readonly Durability _durability;
    private readonly VectorStoreCollectionMetadata _metadata;
    private readonly bool _ownsFolder;
    private int _disposed;

    // The row of the table collections whose definition was compared with the shape.
    private CollectionRow? _compared;

    /// <summary>Opens a collection of a store, which need not exist yet.</summary>
    /// <param name="path">The store's folder.</param>
    /// <param name="name">The collection's name.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">The path or the name is empty.</exception>
    /// <exception cref="NotSupportedException">
    /// A property has a type that is not stored, or an index or a distance that does not exist.
    /// </exception>
    /// <exception cref="InvalidOperationException">The record and its definition do not fit together.</exception>
    [RequiresDynamicCode("Records are mapped by reflection: use SimileDynamicCollection where code is compiled ahead of time.")]
    [RequiresUnreferencedCode("Records are mapped by reflection: use SimileDynamicCollection where code is trimmed.")]
    public SimileCollection(string path, string name, SimileCollectionOptions? options = null)
        : this(path, name, Shape(options?.Definition, options?.EmbeddingGenerator), options?.Durability ?? Durability.Full)
    {
    }

    internal SimileCollection(string path, string name, CollectionShape shape, Durability durability)
        : this(OpenedFolder(path, name), name, shape, durability)
    {
        _ownsFolder = true;
    }

    internal SimileCollection(StoreFolder folder, string name, CollectionShape shape, Durability durability)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        (_folder, Name, _shape, _durability) = (folder, name, shape, durability);
        _metadata = new VectorStoreCollectionMetadata
        {
            VectorStoreSystemName = SimileVectorStore.SystemName,
            VectorStoreName = folder.Path,
            CollectionName = name,
        };
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override Task<bool> CollectionExistsAsync(CancellationToken cancellationToken = default) =>
        RunAsync(
            "CollectionExists",
            () => Task.Run(() => _folder.Read(connection => CollectionRow.Find(connection, Name)) is not null, cancellationToken));

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">
    /// It exists with other properties. Properties that it lacks are added; records written before have no value there.
    /// </exception>
    public override Task EnsureCollectionExistsAsync(CancellationToken cancellationToken = default) =>
        RunAsync("EnsureCollectionExists", async () =>
        {
            await CollectionLife.EnsureAsync(_folder, Name, _shape, _durability, cancellationToken).ConfigureAwait(false);
            return true;
        });

    /// <inheritdoc/>
    public override Task EnsureCollectionDeletedAsync(CancellationToken cancellationToken = default) =>
        CollectionLife.DeleteAsync(_folder, Name, _durability, cancellationToken);

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(VectorStoreCollectionMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    [RequiresDynamicCode("Records are mapped by reflection.")]
    [RequiresUnreferencedCode("Records are mapped by reflection.")]
    internal static CollectionShape Shape(VectorStoreCollectionDefinition? definition, IEmbeddingGenerator? generator) =>
        new(new SimileModelBuilder().Build(typeof(TRecord), typeof(TKey), definition, generator));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _ownsFolder && Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _folder.Dispose();
        }

        base.Dispose(disposing);
    }

    private static StoreFolder OpenedFolder(string path, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return StoreFolder.Open(path);
    }

    private Task<T> RunAsync<T>(string operation, Func<Task<T>> work) => Operations.RunAsync(_folder, Name, operation, work);

    // Runs a query in one snapshot of the database, on another thread, because SQLite has no asynchronous reads.
    private Task<T> ReadAsync<T>(string operation, Func<StoreConnection, CollectionRow, T?> query, CancellationToken cancellationToken)
        where T : class => RunAsync(operation, () => Task.Run(
            () =>
            {
                T? result;
                do
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var exists = false;
                    result = _folder.Read(connection =>
                    {
                        exists = true;
                        return query(connection, Row(connection));
                    });
                    if (!exists)
                    {
                        throw Failures.NoCollection(_folder.Path, Name);
                    }
                }
                while (result is null);
                return result;
            },
            cancellationToken));

    private CollectionRow Row(StoreConnection connection)
    {
        var row = CollectionRow.Find(connection, Name) ?? throw Failures.NoCollection(_folder.Path, Name);
        if (_compared is not { } compared || compared.Id != row.Id || compared.Definition != row.Definition)
        {
            if (CollectionLife.Conflict(row, _shape) is { } conflict)
            {
                throw new InvalidOperationException(conflict);
            }

            _compared = row;
        }

        return row;
    }
}
