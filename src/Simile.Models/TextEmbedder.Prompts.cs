using Simile.Numerics;

namespace Simile.Models;

/// <content>Prompts of models that embed queries and documents differently, by sentence-transformers' names.</content>
public sealed partial class TextEmbedder
{
    /// <summary>The vector of a query, with the model's prompt "query" if it has one (encode_query of sentence-transformers).</summary>
    /// <param name="text">The query.</param>
    public float[] EmbedQuery(string text) => Embed(text, _encoder.Prompts.ForQueries);

    /// <summary>The vectors of queries, as by <see cref="EmbedQuery"/>. Row i belongs to text i.</summary>
    /// <param name="texts">The queries.</param>
    /// <param name="progress">Optional callback with the number of embedded texts.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="ArgumentException">A text is null.</exception>
    public VectorMatrix EmbedQueries(
        IReadOnlyList<string> texts, IProgress<int>? progress = null, CancellationToken cancellationToken = default) =>
        Embed(texts, _encoder.Prompts.ForQueries, progress, cancellationToken);

    /// <summary>
    /// The vectors of documents, with the model's prompt "document", "passage" or "corpus" if it has one
    /// (encode_document of sentence-transformers). Row i belongs to text i.
    /// </summary>
    /// <param name="texts">The texts.</param>
    /// <param name="progress">Optional callback with the number of embedded texts.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="ArgumentException">A text is null.</exception>
    public VectorMatrix EmbedDocuments(
        IReadOnlyList<string> texts, IProgress<int>? progress = null, CancellationToken cancellationToken = default) =>
        Embed(texts, _encoder.Prompts.ForDocuments, progress, cancellationToken);

    // If the model has no prompt for a role, its default prompt applies.
    private string? PromptOf(Microsoft.Extensions.AI.EmbeddingGenerationOptions? options)
    {
        var properties = options?.AdditionalProperties;
        if (properties?.TryGetValue("prompt", out var prompt) == true)
        {
            return prompt as string;
        }

        return properties?.TryGetValue("role", out var role) != true ? null : role switch
        {
            "query" => _encoder.Prompts.ForQueries,
            "document" => _encoder.Prompts.ForDocuments,
            _ => throw new ArgumentException($"The role of a text is \"query\" or \"document\", not \"{role}\".", nameof(options)),
        };
    }
}
