using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;
using Simile.VectorData.Filters;
using Simile.VectorData.Model;
using Simile.VectorData.Storage;
using Simile.VectorData.Vectors;

namespace Simile.VectorData;

/// <content>What goes beyond Microsoft.Extensions.VectorData.</content>
public partial class SimileCollection<TKey, TRecord> : ISimileCollection<TKey, TRecord>
{
    /// <inheritdoc/>
    public async Task<long> CountAsync(Expression<Func<TRecord, bool>>? filter = null, CancellationToken cancellationToken = default)
    {
        var sql = FilterTranslator.Translate(filter, _shape);
        return (long)await ReadAsync<object>(
            "Count",
            (connection, row) =>
            {
                using var rows = connection.Rows(
                    $"SELECT count(*) FROM {new CollectionTables(row.Id, _shape).Records} AS r WHERE {sql.Sql}", sql);
                rows.Read();
                return rows.GetInt64(0);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<VectorSearchResult<TRecord>> SearchRangeAsync<TInput>(
        TInput searchValue,
        double threshold,
        VectorSearchOptions<TRecord>? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TInput : notnull
    {
        ArgumentNullException.ThrowIfNull(searchValue);
        options ??= new VectorSearchOptions<TRecord>();
        var (column, filter, includeVectors) = Plan(options);

        // A little less, because a score is a float; the value decides.
        var score = (float)column.Distance.Score(threshold);
        score -= Math.Abs(score) * 1e-5f + 1e-6f;
        var results = await RunAsync("SearchRange", async () =>
        {
            var query = await QueryAsync(searchValue, column, cancellationToken).ConfigureAwait(false);
            return await ReadAsync(
                "SearchRange",
                (connection, row) =>
                {
                    VectorBatch.CheckGenerator(row, column);
                    var allowed = Rows(connection, row, filter);
                    return _folder.Vectors(row, column)
                        .TrySearch(connection, row, search => search.Range(query.Span, score, allowed), out var hits)
                        ? Results(connection, row, column, hits.Skip(options.Skip), threshold, includeVectors)
                        : null;
                },
                cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        foreach (var result in results)
        {
            yield return result;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<IReadOnlyList<VectorSearchResult<TRecord>>>> SearchBatchAsync<TInput>(
        IEnumerable<TInput> searchValues,
        int top,
        VectorSearchOptions<TRecord>? options = null,
        CancellationToken cancellationToken = default)
        where TInput : notnull
    {
        ArgumentNullException.ThrowIfNull(searchValues);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new VectorSearchOptions<TRecord>();
        var (column, filter, includeVectors) = Plan(options);
        return RunAsync<IReadOnlyList<IReadOnlyList<VectorSearchResult<TRecord>>>>("SearchBatch", async () =>
        {
            var queries = await QueriesAsync([.. searchValues], column, cancellationToken).ConfigureAwait(false);
            return await ReadAsync(
                "SearchBatch",
                (connection, row) =>
                {
                    VectorBatch.CheckGenerator(row, column);
                    var results = new List<IReadOnlyList<VectorSearchResult<TRecord>>>();
                    foreach (var query in queries)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        if (Nearest(connection, row, column, query, checked(top + options.Skip), filter) is not { } hits)
                        {
                            return null;
                        }

                        results.Add(Results(connection, row, column, hits.Skip(options.Skip), options.ScoreThreshold, includeVectors));
                    }

                    return results;
                },
                cancellationToken).ConfigureAwait(false);
        });
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<VectorSearchResult<TRecord>> SearchByKeyAsync(
        TKey key,
        int top,
        VectorSearchOptions<TRecord>? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var encoded = EncodedKey(key);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new VectorSearchOptions<TRecord>();
        var (column, filter, includeVectors) = Plan(options);
        var results = await ReadAsync(
            "SearchByKey",
            (connection, row) =>
            {
                var (self, vector) = VectorOf(connection, row, column, encoded, key);
                var hits = Nearest(connection, row, column, vector, checked(top + options.Skip + 1), filter);
                return hits is null
                    ? null
                    : Results(
                        connection,
                        row,
                        column,
                        hits.Where(hit => hit.Row != self).Take(top + options.Skip).Skip(options.Skip),
                        options.ScoreThreshold,
                        includeVectors);
            },
            cancellationToken).ConfigureAwait(false);
        foreach (var result in results)
        {
            yield return result;
        }
    }

    /// <inheritdoc/>
    public async Task<long> UpsertAsync(
        IAsyncEnumerable<TRecord> records,
        int batchSize = 1000,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        var written = 0L;
        await foreach (var batch in records.Chunk(batchSize).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            await UpsertAsync(batch, cancellationToken).ConfigureAwait(false);
            written += batch.Length;
            progress?.Report(written);
        }

        return written;
    }

    /// <inheritdoc/>
    public async Task OptimizeAsync(IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        foreach (var column in _shape.Vectors)
        {
            await RunAsync("Optimize", async () =>
            {
                var vectors = await VectorsAsync(column, cancellationToken).ConfigureAwait(false);
                await vectors.OptimizeAsync(progress, cancellationToken).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task<double> MeasureRecallAsync(
        Expression<Func<TRecord, object?>>? vectorProperty = null,
        int top = 10,
        int queries = 100,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(queries, 1);
        var column =
            _shape.VectorOf(_shape.Model.GetVectorPropertyOrSingle(new VectorSearchOptions<TRecord> { VectorProperty = vectorProperty }));
        return RunAsync("MeasureRecall", async () =>
        {
            await VectorsAsync(column, cancellationToken).ConfigureAwait(false);
            return (double)await ReadAsync<object>(
                "MeasureRecall",
                (connection, row) => _folder.Vectors(row, column).MeasureRecall(connection, row, top, queries, cancellationToken),
                cancellationToken).ConfigureAwait(false);
        });
    }

    // The vectors of a property, read up to the newest change.
    private async Task<VectorSet> VectorsAsync(VectorColumn column, CancellationToken cancellationToken)
    {
        // The first time begins to load, the second reads what was written meanwhile.
        var vectors = await ReadAsync("Read", Read, cancellationToken).ConfigureAwait(false);
        await vectors.LoadedAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        return await ReadAsync("Read", Read, cancellationToken).ConfigureAwait(false);

        VectorSet? Read(StoreConnection connection, CollectionRow row)
        {
            var read = _folder.Vectors(row, column);
            return read.TrySearch(connection, row, _ => [], out _) ? read : null;
        }
    }

    private static async Task<ReadOnlyMemory<float>[]> QueriesAsync<TInput>(
        TInput[] values, VectorColumn column, CancellationToken cancellationToken)
        where TInput : notnull
    {
        if (values.Any(value => VectorBatch.Floats(value) is null) && column.Property.EmbeddingGenerationDispatcher is not null)
        {
            var made = await column.Property.GenerateEmbeddingsAsync(values.Cast<object?>(), cancellationToken).ConfigureAwait(false);
            return [.. made.Select(embedding => VectorBatch.Checked(column, VectorBatch.Floats(embedding)!.Value))];
        }

        var queries = new ReadOnlyMemory<float>[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            queries[i] = await QueryAsync(values[i], column, cancellationToken).ConfigureAwait(false);
        }

        return queries;
    }

    private (long Row, float[] Vector) VectorOf(
        StoreConnection connection, CollectionRow row, VectorColumn column, object encodedKey, TKey key)
    {
        var tables = new CollectionTables(row.Id, _shape);
        using var rows = connection.Rows(
            $"SELECT r.id, v.vector, v.content FROM {tables.Records} AS r JOIN {tables.Vectors(column)} AS v ON v.id = r.id "
            + $"WHERE r.{_shape.Key.Name} = {RecordWriter.Parameter(_shape.Key, 0)}",
            encodedKey);
        if (!rows.Read())
        {
            throw new KeyNotFoundException(
                $"The collection '{Name}' has no record with the key '{key}' and a vector '{column.Property.ModelName}'.");
        }

        var id = rows.GetInt64(0);
        return (id, StoredVector.Checked(_folder, column, id, StoreConnection.Bytes(rows, 1), rows.GetInt64(2)).ToArray());
    }
}
