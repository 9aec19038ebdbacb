using Microsoft.Extensions.AI;

namespace Simile.Embedding;

/// <summary>A corpus model for texts only, from any embedding generator.</summary>
internal sealed class GeneratorCorpusModel : CorpusModel
{
    private static readonly MediaKind[] TextsAlone = [MediaKind.Text];
    private readonly IEmbeddingGenerator<string, Embedding<float>> _generator;
    private readonly TokenCounter _countTokens;

    public GeneratorCorpusModel(IEmbeddingGenerator<string, Embedding<float>> generator, TokenCounter countTokens, string fingerprint)
    {
        (_generator, _countTokens, Fingerprint) = (generator, countTokens, fingerprint);
        var metadata = generator.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata;
        Name = metadata?.DefaultModelId ?? generator.GetType().Name;
        Dimensions = metadata?.DefaultModelDimensions
            ?? throw new ArgumentException(
                $"The generator {Name} does not give its dimensions: set DefaultModelDimensions in its EmbeddingGeneratorMetadata.",
                nameof(generator));
    }

    public override string Name { get; }

    public override int Dimensions { get; }

    public override string Fingerprint { get; }

    public override IReadOnlyList<MediaKind> Kinds => TextsAlone;

    public override int CountTokens(ReadOnlySpan<char> text) => _countTokens(text);

    public override async Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedPassagesAsync(
        IReadOnlyList<string> passages, CancellationToken cancellationToken)
    {
        var vectors = await _generator.GenerateAsync(passages, null, cancellationToken).ConfigureAwait(false);
        return [.. vectors.Select(vector => vector.Vector)];
    }

    public override async Task<ReadOnlyMemory<float>> EmbedQueryAsync(
        string text, MediaKind searched, CancellationToken cancellationToken) =>
        await _generator.GenerateVectorAsync(text, null, cancellationToken).ConfigureAwait(false);
}
