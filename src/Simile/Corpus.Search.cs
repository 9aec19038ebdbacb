using System.Diagnostics;
using Simile.Embedding;
using Simile.Keywords;
using Simile.Storage;

namespace Simile;

/// <content>Search.</content>
public sealed partial class Corpus
{
    /// <summary>The items that answer a question or resemble a text, of all kinds in one list, best first.</summary>
    /// <inheritdoc cref="SearchAsync(CorpusQuery, SearchOptions, CancellationToken)"/>
    public Task<IReadOnlyList<CorpusHit>> SearchAsync(
        string query, SearchOptions? options = null, CancellationToken cancellationToken = default) =>
        SearchAsync(CorpusQuery.Text(query), options, cancellationToken);

    /// <summary>The items closest to a query, of all kinds in one list, best first. Equal scores are in the order of storage.</summary>
    /// <param name="query">The query.</param>
    /// <param name="options">Null for the ten best of all kinds.</param>
    /// <param name="cancellationToken">Checked before the vectors are scanned.</param>
    /// <returns>Empty if the corpus is empty.</returns>
    /// <exception cref="ArgumentException">A vector's length differs from the stored vectors.</exception>
    /// <exception cref="NotSupportedException">The model does not embed the kind of the query.</exception>
    /// <exception cref="FileNotFoundException">The file of <see cref="CorpusQuery.Like"/> is not in the corpus.</exception>
    /// <exception cref="InvalidDataException">
    /// A file cannot be read, the store is damaged, or its vectors are from another model.
    /// </exception>
    public async Task<IReadOnlyList<CorpusHit>> SearchAsync(
        CorpusQuery query, SearchOptions? options = null, CancellationToken cancellationToken = default)
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

    private async Task<IReadOnlyList<CorpusHit>> SearchAsync(
        CorpusModel model, CorpusQuery query, SearchOptions options, CancellationToken stop)
    {
        if (_store.Model is not { } made)
        {
            return [];
        }

        ThrowIfOther(_store, made, model);
        var (kind, embed) = await Prepare(model, query, stop).ConfigureAwait(false);
        var words = query is CorpusQuery.OfText text && options.Mode != SearchMode.Vector ? KeywordQuery.Parse(text.Words) : null;
        var queries = new List<StoreQuery>();
        foreach (var searched in model.Kinds.Where(known => options.Kinds?.Contains(known) != false && _store.Has(known)))
        {
            queries.Add(new StoreQuery(searched, await embed(searched).ConfigureAwait(false))
            {
                Comparable = score => model.Comparable(score, kind, searched),
                Keywords = words?.Terms.Count > 0 ? words : null,
                OnlyKeywords = options.Mode == SearchMode.Keyword,
            });
        }

        // If one kind was asked for, the score of meaning is the cosine itself. It never depends on other items; only the rarity of words
        // does.
        if (queries is [var only] && (model.Kinds.Count == 1 || options.Kinds?.Count == 1))
        {
            queries[0] = only with { Comparable = null };
        }

        stop.ThrowIfCancellationRequested();
        return _store.Search(queries, options.Top, Filter(query, options));
    }

    /// <summary>The kind of a query, and a function that gives its vector for items of a kind.</summary>
    private async Task<(MediaKind Kind, Func<MediaKind, Task<ReadOnlyMemory<float>>> Embed)> Prepare(
        CorpusModel model, CorpusQuery query, CancellationToken stop)
    {
        if (query is CorpusQuery.OfText text)
        {
            return (MediaKind.Text, searched => model.EmbedQueryAsync(text.Words, searched, stop));
        }

        var (kind, vector) = await WithVectorAsync(model, query, stop).ConfigureAwait(false) switch
        {
            CorpusQuery.OfItem item =>
                _store.VectorOf(item.FilePath)
                    ?? throw new FileNotFoundException($"{item.FilePath} is not in the corpus: synchronize it first.", item.FilePath),
            CorpusQuery.OfVector given => (given.Kind, given.Values),
            _ => throw new NotSupportedException($"Queries of the type {query.GetType().Name} are not supported."),
        };
        return (kind, searched => Task.FromResult(model.QueryVector(vector, kind, searched)));
    }

    /// <summary>Embeds the file of a query and returns a vector query. Other queries are returned unchanged.</summary>
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
