using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;
using Simile.VectorData.Filters;
using Simile.VectorData.Keywords;
using Simile.VectorData.Model;
using Simile.VectorData.Storage;
using Simile.VectorData.Vectors;

namespace Simile.VectorData;

/// <content>Searching by words, and by words and vectors together.</content>
public partial class SimileCollection<TKey, TRecord>
{
    // Each search gives more candidates than results are wanted: a record that both rank low can win.
    private const int LeastCandidates = 100;
    private const int CandidatesPerResult = 4;

    /// <inheritdoc/>
    /// <remarks>
    /// The vector search and the keyword search both apply the filter before they choose candidates. Scores are those of reciprocal rank
    /// fusion (Cormack et al. 2009, k = 60): greater is better. The score threshold refers to these scores.
    /// </remarks>
    public async IAsyncEnumerable<VectorSearchResult<TRecord>> HybridSearchAsync<TInput>(
        TInput searchValue,
        ICollection<string> keywords,
        int top,
        HybridSearchOptions<TRecord>? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TInput : notnull
    {
        ArgumentNullException.ThrowIfNull(searchValue);
        ArgumentNullException.ThrowIfNull(keywords);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new HybridSearchOptions<TRecord>();
        var includeVectors = IncludeVectors(options.IncludeVectors);
        var column = _shape.VectorOf(
            _shape.Model.GetVectorPropertyOrSingle(new VectorSearchOptions<TRecord> { VectorProperty = options.VectorProperty }));
        var text = _shape.ColumnOf(_shape.Model.GetFullTextDataPropertyOrSingle(options.AdditionalProperty));
        var filter = FilterTranslator.Translate(options.Filter, _shape);
        var candidates = Math.Max(LeastCandidates, checked((top + options.Skip) * CandidatesPerResult));
        var results = await RunAsync("HybridSearch", async () =>
        {
            var query = await QueryAsync(searchValue, column, cancellationToken).ConfigureAwait(false);
            return await ReadAsync(
                "HybridSearch",
                (connection, row) =>
                {
                    VectorBatch.CheckGenerator(row, column);
                    var byVector = Nearest(connection, row, column, query, candidates, filter);
                    return byVector is null
                        ? null
                        : Fused(
                            connection,
                            row,
                            RankFusion.Fuse(byVector, ByWords(connection, row, text, keywords, filter, candidates)),
                            top,
                            options,
                            includeVectors);
                },
                cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        foreach (var result in results)
        {
            yield return result;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<VectorSearchResult<TRecord>> KeywordSearchAsync(
        ICollection<string> keywords,
        int top,
        HybridSearchOptions<TRecord>? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keywords);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new HybridSearchOptions<TRecord>();
        var includeVectors = IncludeVectors(options.IncludeVectors);
        var text = _shape.ColumnOf(_shape.Model.GetFullTextDataPropertyOrSingle(options.AdditionalProperty));
        var filter = FilterTranslator.Translate(options.Filter, _shape);
        var results = await ReadAsync(
            "KeywordSearch",
            (connection, row) => Fused(
                connection,
                row,
                ByWords(connection, row, text, keywords, filter, checked(top + options.Skip)),
                top,
                options,
                includeVectors),
            cancellationToken).ConfigureAwait(false);
        foreach (var result in results)
        {
            yield return result;
        }
    }

    private RowHit[] ByWords(
        StoreConnection connection, CollectionRow row, DataColumn text, ICollection<string> keywords, FilterSql filter, int top) =>
        KeywordIndex.Search(connection, new CollectionTables(row.Id, _shape), text, keywords, filter, top);

    private List<VectorSearchResult<TRecord>> Fused(
        StoreConnection connection, CollectionRow row, RowHit[] hits, int top, HybridSearchOptions<TRecord> options, bool includeVectors)
    {
        var reader = Reader(row, includeVectors);
        return
        [
            .. hits.Skip(options.Skip).Take(top)
                .Where(hit => options.ScoreThreshold is not { } least || hit.Score >= least)
                .Select(hit => new VectorSearchResult<TRecord>(reader.Find(connection, hit.Row)!, hit.Score)),
        ];
    }
}
