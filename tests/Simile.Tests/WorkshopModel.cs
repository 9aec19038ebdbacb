using Simile.Embedding;
using Simile.Models;

namespace Simile.Testing;

/// <summary>A model of small real embedders, made outside of Simile as anybody could.</summary>
internal sealed class WorkshopModel(BagOfWords texts) : CorpusModel
{
    public FirstBytes? Images { get; init; }

    public FirstBytes? Sounds { get; init; }

    public string Settings { get; init; } = string.Empty;

    public override string Name => texts.Name;

    public override int Dimensions => texts.Dimensions;

    public override string Fingerprint => Settings;

    public override IReadOnlyList<MediaKind> Kinds =>
        [MediaKind.Text, .. Images is null ? Array.Empty<MediaKind>() : [MediaKind.Image], .. Sounds is null
            ? Array.Empty<MediaKind>()
            : [MediaKind.Sound]];

    public override int CountTokens(ReadOnlySpan<char> text) => Workshop.Tokenizer.CountTokens(text, addSpecialTokens: false);

    public override async Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedPassagesAsync(
        IReadOnlyList<string> passages, CancellationToken cancellationToken) =>
        [.. (await texts.GenerateAsync(passages, null, cancellationToken)).Select(vector => vector.Vector)];

    public override Task<IReadOnlyList<EmbeddedFile>> EmbedFilesAsync(
        MediaKind kind, IReadOnlyList<string> paths, CancellationToken cancellationToken) =>
        Task.FromResult((kind == MediaKind.Image ? Images : Sounds)!.Embed(paths, cancellationToken));

    public override string Recipe(MediaKind kind) => (kind == MediaKind.Image ? Images : Sounds)!.Recipe;

    public override Task<ReadOnlyMemory<float>> EmbedQueryAsync(string text, MediaKind searched, CancellationToken cancellationToken) =>
        Task.FromResult<ReadOnlyMemory<float>>(texts.Embed(text));
}
