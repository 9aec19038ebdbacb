namespace Simile.Embedding;

/// <summary>A corpus model from a model of Simile. Its networks are loaded on first use.</summary>
/// <param name="model">Not owned, so not disposed.</param>
/// <param name="fingerprint">The model's fingerprint; null to compute it on first use.</param>
internal sealed class MultimodalCorpusModel(MultimodalModel model, string? fingerprint = null) : CorpusModel
{
    private readonly Lazy<string> _fingerprint = fingerprint is null ? new(() => ModelFingerprint.Build(model.Name)) : new(fingerprint);

    public override string Name { get; } = HubCache.Locate(model.Name);

    public override int Dimensions => model.Dimensions;

    public override string Fingerprint => _fingerprint.Value;

    public override IReadOnlyList<MediaKind> Kinds => model.Kinds;

    public override int CountTokens(ReadOnlySpan<char> text) => model.Texts.Tokenizer.CountTokens(text, addSpecialTokens: false);

    public override Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedPassagesAsync(
        IReadOnlyList<string> passages, CancellationToken cancellationToken) =>
        Task.Run(
            () =>
            {
                var vectors = model.Texts.EmbedDocuments(passages, cancellationToken: cancellationToken);
                return (IReadOnlyList<ReadOnlyMemory<float>>)[.. Enumerable.Range(0, vectors.Count)
                    .Select(i => (ReadOnlyMemory<float>)vectors[i].ToArray())];
            },
            cancellationToken);

    public override Task<IReadOnlyList<EmbeddedFile>> EmbedFilesAsync(
        MediaKind kind, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        model.Require(kind);
        return kind switch
        {
            MediaKind.Image => Task.Run<IReadOnlyList<EmbeddedFile>>(() => EmbedImages(paths, cancellationToken), cancellationToken),
            MediaKind.Sound => SoundParts.EmbedAsync(model, paths, cancellationToken),
            _ => throw new NotSupportedException("Texts are embedded as passages."),
        };
    }

    public override Task<ReadOnlyMemory<float>> EmbedQueryAsync(string text, MediaKind searched, CancellationToken cancellationToken) =>
        Task.Run(() => (ReadOnlyMemory<float>)model.EmbedQuery(text, searched), cancellationToken);

    public override ReadOnlyMemory<float> QueryVector(ReadOnlyMemory<float> vector, MediaKind kind, MediaKind searched) =>
        model.QueryVector(vector.Span, kind, searched);

    public override float Comparable(float cosine, MediaKind query, MediaKind searched) => model.Comparable(cosine, query, searched);

    private EmbeddedFile[] EmbedImages(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var embedded = model.EmbedImages(paths, cancellationToken);
        var files = new EmbeddedFile[paths.Count];
        foreach (var picture in embedded.Refused)
        {
            files[picture.File] = EmbeddedFile.Refused(picture.Reason);
        }

        for (var row = 0; row < embedded.Files.Count; row++)
        {
            files[embedded.Files[row]] = new EmbeddedFile([new EmbeddedPart(embedded.Vectors[row].ToArray())], null);
        }

        return files;
    }
}
