using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;
using Simile.VectorData.Filters;
using Simile.VectorData.Model;
using Simile.VectorData.Storage;

namespace Simile.VectorData;

/// <content>Reading, writing and deleting records.</content>
public partial class SimileCollection<TKey, TRecord>
{
    // "No record" as a result that is there.
    private sealed record Found(TRecord? Record);

    /// <inheritdoc/>
    public override async Task<TRecord?> GetAsync(
        TKey key, RecordRetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        var encoded = EncodedKey(key);
        var includeVectors = IncludeVectors(options?.IncludeVectors);
        var found = await ReadAsync(
            "Get",
            (connection, row) => new Found(Reader(row, includeVectors).FindKey(connection, encoded)),
            cancellationToken).ConfigureAwait(false);
        return found.Record;
    }

    /// <inheritdoc/>
    /// <remarks>All records are read at one moment, in the order of the keys; keys without a record are passed over.</remarks>
    public override async IAsyncEnumerable<TRecord> GetAsync(
        IEnumerable<TKey> keys,
        RecordRetrievalOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var encoded = keys.Select(EncodedKey).ToArray();
        var includeVectors = IncludeVectors(options?.IncludeVectors);
        if (encoded.Length == 0)
        {
            yield break;
        }

        var records = await ReadAsync(
            "Get",
            (connection, row) =>
            {
                var reader = Reader(row, includeVectors);
                return encoded.Select(key => reader.FindKey(connection, key)).OfType<TRecord>().ToList();
            },
            cancellationToken).ConfigureAwait(false);
        foreach (var record in records)
        {
            yield return record;
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Without an order, records come in the order of writing. Nulls come before all other values, texts in the order of their code points.
    /// </remarks>
    public override async IAsyncEnumerable<TRecord> GetAsync(
        Expression<Func<TRecord, bool>> filter,
        int top,
        FilteredRecordRetrievalOptions<TRecord>? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new FilteredRecordRetrievalOptions<TRecord>();
        var sql = FilterTranslator.Translate(filter, _shape);
        var includeVectors = IncludeVectors(options.IncludeVectors);
        var order = Order(options);
        var records = await ReadAsync(
            "Get",
            (connection, row) => Reader(row, includeVectors).List(connection, sql, order, top, options.Skip),
            cancellationToken).ConfigureAwait(false);
        foreach (var record in records)
        {
            yield return record;
        }
    }

    /// <inheritdoc/>
    public override Task UpsertAsync(TRecord record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        return UpsertAsync([record], cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>All records are written, or none. A key that comes twice keeps its last record.</remarks>
    public override Task UpsertAsync(IEnumerable<TRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        return RunAsync("Upsert", async () =>
        {
            var batch = records as IReadOnlyList<TRecord> ?? [.. records];
            if (batch.Count > 0)
            {
                await WriteAsync(batch, cancellationToken).ConfigureAwait(false);
            }

            return true;
        });
    }

    /// <inheritdoc/>
    public override Task DeleteAsync(TKey key, CancellationToken cancellationToken = default) => DeleteAsync([key], cancellationToken);

    /// <inheritdoc/>
    public override Task DeleteAsync(IEnumerable<TKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var encoded = keys.Select(EncodedKey).ToArray();
        return encoded.Length == 0
            ? Task.CompletedTask
            : RunAsync("Delete", () => _folder.WriteAsync(_durability, connection => Delete(connection, encoded), cancellationToken));
    }

    private int Delete(StoreConnection connection, object[] keys)
    {
        var writer = new RecordWriter(connection, Row(connection), _shape);
        return keys.Count(writer.Delete);
    }

    private async Task WriteAsync(IReadOnlyList<TRecord> records, CancellationToken cancellationToken)
    {
        var vectors = new VectorBatch[_shape.Vectors.Length];
        for (var i = 0; i < vectors.Length; i++)
        {
            vectors[i] = await VectorBatch.OfAsync(_shape.Vectors[i], records, cancellationToken).ConfigureAwait(false);
        }

        var keys = Keys(records);
        var encoded =
            records.Select((record, i) => new EncodedRecord(Values(record, keys[i]), [.. vectors.Select(vector => vector.Bytes(i))]))
                .ToArray();
        await _folder.WriteAsync(
            _durability,
            connection =>
            {
                var row = Row(connection);
                VectorBatch.CheckGenerators(connection, row, vectors);
                var writer = new RecordWriter(connection, row, _shape);
                foreach (var record in encoded)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    writer.Upsert(record);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < keys.Length; i++)
        {
            // Records learn generated keys when they are written.
            if (keys[i] is { } generated)
            {
                _shape.Key.Property.SetValueAsObject(records[i], generated);
            }
        }
    }

    // A generated key for each record that needs one; otherwise null.
    private object?[] Keys(IReadOnlyList<TRecord> records) => _shape.Key.Property is KeyPropertyModel { IsAutoGenerated: true }
        ? [.. records.Select(
            record => Guid.Empty.Equals(_shape.Key.Property.GetValueAsObject(record) ?? Guid.Empty) ? (object)Guid.CreateVersion7() : null)]
        : new object?[records.Count];

    private object?[] Values(TRecord record, object? generatedKey)
    {
        ArgumentNullException.ThrowIfNull(record);
        var values = new object?[_shape.Columns.Length];
        values[0] =
            EncodedKey(generatedKey ?? _shape.Key.Property.GetValueAsObject(record) ?? throw new ArgumentException("A record has no key."));
        for (var i = 1; i < values.Length; i++)
        {
            values[i] = _shape.Columns[i].Type.Encode(_shape.Columns[i].Property.GetValueAsObject(record));
        }

        return values;
    }

    private object EncodedKey(TKey key) => EncodedKey((object?)key ?? throw new ArgumentNullException(nameof(key)));

    private object EncodedKey(object key) => key.GetType() == _shape.Key.Property.Type
        ? _shape.Key.Type.Encode(key)!
        : throw new ArgumentException(
            $"A key is of type {key.GetType().Name}; the collection '{Name}' has keys of type {_shape.Key.Property.Type.Name}.",
            nameof(key));

    private bool IncludeVectors(bool? wanted) => wanted == true && _shape.Model.EmbeddingGenerationRequired
        ? throw new NotSupportedException(VectorDataStrings.IncludeVectorsNotSupportedWithEmbeddingGeneration)
        : wanted == true;

    private RecordReader<TRecord> Reader(CollectionRow row, bool includeVectors) => new(_folder, row, _shape, includeVectors);

    private string Order(FilteredRecordRetrievalOptions<TRecord> options) => string.Concat(
        options.OrderBy?.Invoke(new()).Values.Select(sort =>
        {
            var property = _shape.Model.GetDataOrKeyProperty(sort.PropertySelector);
            var column = _shape.Columns.FirstOrDefault(column => column.Property == property)
                ?? throw new InvalidOperationException($"Records are not sorted by the vector '{property.ModelName}'.");
            return $"{new Operand($"r.{column.Name}", column.Type, IsElement: false).Compared} {(sort.Ascending ? "ASC" : "DESC")}, ";
        }) ?? []);
}
