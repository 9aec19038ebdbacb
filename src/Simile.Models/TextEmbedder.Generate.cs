using Microsoft.Extensions.AI;
using Simile.Models.Text;
using Simile.Numerics;

namespace Simile.Models;

/// <content>The members for Microsoft.Extensions.AI.</content>
public sealed partial class TextEmbedder
{
    private EmbeddingGeneratorMetadata? _metadata;

    /// <summary>
    /// The vectors of texts, with the number of tokens as usage. A truncated text's vector has the additional property "truncated": true.
    /// </summary>
    /// <param name="values">The texts.</param>
    /// <param name="options">
    /// Dimensions: keeps the first components and normalizes again (for Matryoshka models). ModelId, if given, must be this model's. The
    /// additional property "prompt" names one of the model's prompts; "role" is "query" or "document" and selects the prompt for that role,
    /// if the model has one.
    /// </param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="ArgumentException">A text is null, or an option is invalid.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var dimensions = GenerationDimensions.Of(options, Name, Dimensions);
        var texts = values as IReadOnlyList<string> ?? [.. values];
        var prompt = PromptOf(options);
        return Task.Run(() => Generate(texts, prompt, dimensions, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata ??= new EmbeddingGeneratorMetadata(
                "simile", null, Name, Dimensions)
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType.IsInstanceOfType(Tokenizer) ? Tokenizer
            : null;
    }

    private GeneratedEmbeddings<Embedding<float>> Generate(
        IReadOnlyList<string> texts, string? prompt, int dimensions, CancellationToken cancellationToken)
    {
        var embedded = EmbedWithUsage(texts, prompt, null, cancellationToken);
        var now = DateTimeOffset.UtcNow;
        var embeddings = Enumerable.Range(0, texts.Count)
            .Select(i => new Embedding<float>(Cut(embedded.Vectors, i, dimensions)) { ModelId = Name, CreatedAt = now })
            .ToArray();
        foreach (var text in embedded.CutTexts)
        {
            embeddings[text].AdditionalProperties = new AdditionalPropertiesDictionary { ["truncated"] = true };
        }

        return new GeneratedEmbeddings<Embedding<float>>(embeddings)
        {
            Usage = new UsageDetails { InputTokenCount = embedded.Tokens, TotalTokenCount = embedded.Tokens },
        };
    }

    private static float[] Cut(VectorMatrix vectors, int row, int dimensions)
    {
        var vector = vectors[row][..dimensions].ToArray();
        if (dimensions < vectors.Dimensions)
        {
            Pooling.Normalize(vector);
        }

        return vector;
    }
}
