using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;
using Simile.VectorData.Filters;
using Simile.VectorData.Model;
using Simile.VectorData.Storage;
using Simile.VectorData.Vectors;

namespace Simile.VectorData;

/// <content>Searching by vectors.</content>
public partial class SimileCollection<TKey, TRecord>
{
    /// <inheritdoc/>
    /// <remarks>
    /// The filter is evaluated before the nearest are chosen: a search gives <paramref name="top"/> records whenever so many meet it.
    /// Thresholds are inclusive.
    /// </remarks>
    public override async IAsyncEnumerable<VectorSearchResult<TRecord>> SearchAsync<TInput>(
        TInput searchValue,
        int top,
        VectorSearchOptions<TRecord>? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(searchValue);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new VectorSearchOptions<TRecord>();
        var (column, filter, includeVectors) = Plan(options);
        var results = await RunAsync("Search", async () =>
        {
            var query = await QueryAsync(searchValue, column, cancellationToken).ConfigureAwait(false);
            return await ReadAsync(
                "Search",
                (connection, row) =>
                {
                    VectorBatch.CheckGenerator(row, column);
                    var hits = Nearest(connection, row, column, query, checked(top + options.Skip), filter);
                    return hits is null
                        ? null
                        : Results(connection, row, column, hits.Skip(options.Skip), options.ScoreThreshold, includeVectors);
                },
                cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        foreach (var result in results)
        {
            yield return result;
        }
    }

    // Validates and translates the options once, before a search that may run several times.
    private (VectorColumn Column, FilterSql Filter, bool IncludeVectors) Plan(VectorSearchOptions<TRecord> options)
    {
        var includeVectors = IncludeVectors(options.IncludeVectors);
        var column = _shape.VectorOf(_shape.Model.GetVectorPropertyOrSingle(options));
        return (column, FilterTranslator.Translate(options.Filter, _shape), includeVectors);
    }

    private static async Task<ReadOnlyMemory<float>> QueryAsync<TInput>(
        TInput searchValue, VectorColumn column, CancellationToken cancellationToken)
    {
        var property = column.Property;
        if (VectorBatch.Floats(searchValue) is not { } vector)
        {
            if (property.EmbeddingGenerationDispatcher is null)
            {
                throw property.EmbeddingGenerator is null
                    ? new NotSupportedException(VectorDataStrings.InvalidSearchInputAndNoEmbeddingGeneratorWasConfigured(
                        searchValue!.GetType(), SimileModelBuilder.SupportedVectorTypes))
                    : new InvalidOperationException(VectorDataStrings.IncompatibleEmbeddingGeneratorWasConfiguredForInputType(
                        typeof(TInput), property.EmbeddingGenerator.GetType()));
            }

            vector = VectorBatch.Floats(await property.GenerateEmbeddingAsync(searchValue, cancellationToken).ConfigureAwait(false))!.Value;
        }

        return VectorBatch.Checked(column, vector);
    }

    // Null if the vectors in memory are newer than the connection's snapshot.
    private RowHit[]? Nearest(
        StoreConnection connection, CollectionRow row, VectorColumn column, ReadOnlyMemory<float> query, int top, FilterSql filter)
    {
        var allowed = Rows(connection, row, filter);
        return _folder.Vectors(row, column).TrySearch(connection, row, search => search.Nearest(query.Span, top, allowed), out var hits)
            ? hits
            : null;
    }

    // The rows that meet a filter; null for all.
    private RowFilter? Rows(StoreConnection connection, CollectionRow row, FilterSql filter) =>
        filter.IsAll ? null : _folder.Filters.Get(row, filter, () => RowsOf(connection, row, filter));

    private long[] RowsOf(StoreConnection connection, CollectionRow row, FilterSql filter)
    {
        var found = new List<long>();
        using var rows = connection.Rows(
            $"SELECT r.id FROM {new CollectionTables(row.Id, _shape).Records} AS r WHERE {filter.Sql}", filter);
        while (rows.Read())
        {
            found.Add(rows.GetInt64(0));
        }

        return [.. found];
    }

    private List<VectorSearchResult<TRecord>> Results(
        StoreConnection connection,
        CollectionRow row,
        VectorColumn column,
        IEnumerable<RowHit> hits,
        double? threshold,
        bool includeVectors)
    {
        var reader = Reader(row, includeVectors);
        var results = new List<VectorSearchResult<TRecord>>();
        foreach (var hit in hits)
        {
            var value = column.Distance.Value(hit.Score);
            if (threshold is { } limit && !column.Distance.Reaches(value, limit))
            {
                break;
            }

            results.Add(new VectorSearchResult<TRecord>(reader.Find(connection, hit.Row)!, value));
        }

        return results;
    }
}
