using System.Diagnostics;
using Simile.Embedding;
using Simile.Storage;

namespace Simile;

/// <content>Searching.</content>
public sealed partial class Corpus
{
    /// <summary>The items that answer a question or are like a text, of all kinds in one list, best first.</summary>
    /// <inheritdoc cref="SearchAsync(CorpusQuery, SearchOptions, CancellationToken)"/>
    public Task<IReadOnlyList<CorpusHit>> SearchAsync(string query, SearchOptions? options = null, CancellationToken cancellationToken = default) =>
        SearchAsync(CorpusQuery.Text(query), options, cancellationToken);

    /// <summary>The items that are closest to what is looked for, of all kinds in one list, best first; equal scores in the order of storing.</summary>
    /// <param name="query">What is looked for.</param>
    /// <param name="options">Null for the ten best of all kinds.</param>
    /// <param name="cancellationToken">Stops before the vectors are scanned.</param>
    /// <returns>Nothing where the corpus is empty.</returns>
    /// <exception cref="ArgumentException">A vector has another length than the vectors stored.</exception>
    /// <exception cref="NotSupportedException">The model does not know the kind of the query.</exception>
    /// <exception cref="FileNotFoundException">The file of <see cref="CorpusQuery.Like"/> is not in the corpus.</exception>
    /// <exception cref="InvalidDataException">A file cannot be read, the store is damaged, or its vectors are of another model.</exception>
    public async Task<IReadOnlyList<CorpusHit>> SearchAsync(CorpusQuery query, SearchOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        options ??= new SearchOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Top, 1, nameof(options));
        using var lease = _gate.Enter(cancellationToken);
        using var activity = CorpusTelemetry.Source.StartActivity("simile.search");
        var begin = Stopwatch.GetTimestamp();
        var model = await _model.GetAsync().WaitAsync(lease.Stop).ConfigureAwait(false);
        await _searching.WaitAsync(lease.Stop).ConfigureAwait(false);
        try
        {
            var hits = await Task.Run(() => SearchAsync(model, query, options, lease.Stop), lease.Stop).ConfigureAwait(false);
            CorpusTelemetry.Searched(_logger, activity, query, hits.Count, Stopwatch.GetElapsedTime(begin));
            return hits;
        }
        finally
        {
            _searching.Release();
        }
    }

    private async Task<IReadOnlyList<CorpusHit>> SearchAsync(CorpusModel model, CorpusQuery query, SearchOptions options, CancellationToken stop)
    {
        if (_store.Model is not { } made)
        {
            return [];
        }

        ThrowIfOther(_store, made, model);
        var (kind, embed) = await Prepare(model, query, stop).ConfigureAwait(false);
        var queries = new List<StoreQuery>();
        foreach (var searched in model.Kinds.Where(known => options.Kinds?.Contains(known) != false && _store.Has(known)))
        {
            queries.Add(new StoreQuery(searched, await embed(searched).ConfigureAwait(false)) { Comparable = score => model.Comparable(score, kind, searched) });
        }

        // Where all hits are of one kind, the cosine itself says most. What happens to be stored does not decide: the score of a file for a query stays the same.
        if (queries is [var only] && (model.Kinds.Count == 1 || options.Kinds?.Count == 1))
        {
            queries[0] = only with { Comparable = null };
        }

        stop.ThrowIfCancellationRequested();
        return _store.Search(queries, options.Top, Filter(query, options));
    }

    /// <summary>The kind of a query, and what makes its vector for the items of a kind.</summary>
    private async Task<(MediaKind Kind, Func<MediaKind, Task<ReadOnlyMemory<float>>> Embed)> Prepare(CorpusModel model, CorpusQuery query, CancellationToken stop)
    {
        if (query is CorpusQuery.OfText text)
        {
            return (MediaKind.Text, searched => model.EmbedQueryAsync(text.Words, searched, stop));
        }

        var (kind, vector) = await WithVectorAsync(model, query, stop).ConfigureAwait(false) switch
        {
            CorpusQuery.OfItem item => _store.VectorOf(item.FilePath) ?? throw new FileNotFoundException($"The corpus has no vectors of {item.FilePath}: synchronize it first.", item.FilePath),
            CorpusQuery.OfVector given => (given.Kind, given.Values),
            _ => throw new NotSupportedException($"There is no search by {query.GetType().Name}."),
        };
        return (kind, searched => Task.FromResult(model.QueryVector(vector, kind, searched)));
    }

    /// <summary>Embeds the file of a query and returns a query by that vector; any other query is returned unchanged.</summary>
    internal static async Task<CorpusQuery> WithVectorAsync(CorpusModel model, CorpusQuery query, CancellationToken stop)
    {
        if (query is not CorpusQuery.OfFile file)
        {
            return query;
        }

        if (!model.Knows(file.Kind))
        {
            throw MediaWords.Unknown(model.Name, file.Kind);
        }

        var embedded = (await model.EmbedFilesAsync(file.Kind, [file.FilePath], stop).ConfigureAwait(false))[0];
        return embedded.Refusal is null
            ? CorpusQuery.Vector(FileEmbedder.Pool([.. embedded.Parts.Select(part => part.Vector)]), file.Kind)
            : throw new InvalidDataException(embedded.Refusal);
    }

    private static Func<string, bool>? Filter(CorpusQuery query, SearchOptions options)
    {
        var filter = options.Filter();
        return query is CorpusQuery.OfItem item ? path => path != item.FilePath && filter?.Invoke(path) != false : filter;
    }
}
