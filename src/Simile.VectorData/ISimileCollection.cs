using System.Linq.Expressions;
using Microsoft.Extensions.VectorData;

namespace Simile.VectorData;

/// <summary>What a collection can do beyond <see cref="VectorStoreCollection{TKey, TRecord}"/>: ask it by <c>GetService</c>.</summary>
/// <typeparam name="TKey">The key's type.</typeparam>
/// <typeparam name="TRecord">The records' type.</typeparam>
/// <remarks>Thread-safe. Failures of the store throw <see cref="VectorStoreException"/>.</remarks>
public interface ISimileCollection<TKey, TRecord>
    where TKey : notnull
    where TRecord : class
{
    /// <summary>Number of records that meet a filter; of all if it is null.</summary>
    Task<long> CountAsync(Expression<Func<TRecord, bool>>? filter = null, CancellationToken cancellationToken = default);

    /// <summary>All records whose value of the distance function reaches a threshold, best first.</summary>
    /// <param name="searchValue">A vector, or a value that the property's generator takes.</param>
    /// <param name="threshold">Inclusive: the least similarity, or the greatest distance.</param>
    /// <param name="options">Null for the defaults. Its own threshold is ignored.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    IAsyncEnumerable<VectorSearchResult<TRecord>> SearchRangeAsync<TInput>(
        TInput searchValue, double threshold, VectorSearchOptions<TRecord>? options = null, CancellationToken cancellationToken = default)
        where TInput : notnull;

    /// <summary>The results of several searches at one moment, in the order of the values.</summary>
    /// <param name="searchValues">Vectors, or values that the property's generator takes; it is called once.</param>
    /// <param name="top">Maximum number of records for each.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    Task<IReadOnlyList<IReadOnlyList<VectorSearchResult<TRecord>>>> SearchBatchAsync<TInput>(
        IEnumerable<TInput> searchValues,
        int top,
        VectorSearchOptions<TRecord>? options = null,
        CancellationToken cancellationToken = default)
        where TInput : notnull;

    /// <summary>The records nearest to a stored one, without it.</summary>
    /// <param name="key">The record's key.</param>
    /// <param name="top">Maximum number.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="KeyNotFoundException">There is no such record, or it has no vector.</exception>
    IAsyncEnumerable<VectorSearchResult<TRecord>> SearchByKeyAsync(
        TKey key, int top, VectorSearchOptions<TRecord>? options = null, CancellationToken cancellationToken = default);

    /// <summary>Records that hold some of the keywords, ranked by BM25 (greater is better), without vectors.</summary>
    /// <param name="keywords">Words; a keyword of several words counts as each of them.</param>
    /// <param name="top">Maximum number.</param>
    /// <param name="options">Filter, text property, skip and threshold. Null for the defaults.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="InvalidOperationException">No text property has a keyword index, or several have and none is named.</exception>
    IAsyncEnumerable<VectorSearchResult<TRecord>> KeywordSearchAsync(
        ICollection<string> keywords, int top, HybridSearchOptions<TRecord>? options = null, CancellationToken cancellationToken = default);

    /// <summary>Writes a stream of records of any length in batches; each batch is written whole, and what is written stays.</summary>
    /// <param name="records">The records.</param>
    /// <param name="batchSize">Records for each batch, at least 1.</param>
    /// <param name="progress">Told the number of written records after each batch.</param>
    /// <param name="cancellationToken">Stops between batches and soon within one, which is then not written.</param>
    /// <returns>The number of written records.</returns>
    Task<long> UpsertAsync(
        IAsyncEnumerable<TRecord> records,
        int batchSize = 1000,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Brings the approximate index of each vector property up to date and saves it, so that the next process that opens the store finds
    /// it.
    /// Collections that are searched exactly have nothing to do.
    /// </summary>
    /// <param name="progress">Told the number of vectors that are in place.</param>
    /// <param name="cancellationToken">Stops soon; what is in place stays.</param>
    Task OptimizeAsync(IProgress<int>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Compares searches of an approximate index with a scan.</summary>
    /// <param name="vectorProperty">The vector property to search. May be null if the record has only one.</param>
    /// <param name="top">Number of neighbors.</param>
    /// <param name="queries">Number of stored vectors that are searched for, at least 1.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <returns>The share of the true nearest neighbors that was found, 0 to 1; 1 where searches are exact.</returns>
    Task<double> MeasureRecallAsync(
        Expression<Func<TRecord, object?>>? vectorProperty = null,
        int top = 10,
        int queries = 100,
        CancellationToken cancellationToken = default);
}
