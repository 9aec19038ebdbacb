using System.Collections.Concurrent;
using Simile.Models;

namespace Simile.Bench.Search;

/// <summary>A model that embeds each query once.</summary>
internal sealed class QueryCache(CorpusModel model) : CorpusModel
{
    private readonly ConcurrentDictionary<(string, MediaKind), ReadOnlyMemory<float>> _queries = new();

    public override string Name => model.Name;

    public override int Dimensions => model.Dimensions;

    public override string Fingerprint => model.Fingerprint;

    public override IReadOnlyList<MediaKind> Kinds => [MediaKind.Text];

    public override int CountTokens(ReadOnlySpan<char> text) => model.CountTokens(text);

    public override Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedPassagesAsync(
        IReadOnlyList<string> passages, CancellationToken cancellationToken) =>
        model.EmbedPassagesAsync(passages, cancellationToken);

    public override async Task<ReadOnlyMemory<float>> EmbedQueryAsync(
        string text, MediaKind searched, CancellationToken cancellationToken) =>
        _queries.TryGetValue((text, searched), out var known) ? known
            : _queries[(text, searched)] = await model.EmbedQueryAsync(text, searched, cancellationToken).ConfigureAwait(false);
}
