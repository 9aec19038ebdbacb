using Simile.Numerics;

namespace Simile.Models;

/// <content>Prompts of models that embed questions and documents differently, by the names that sentence-transformers knows.</content>
public sealed partial class TextEmbedder
{
    /// <summary>The vector of a question: with the model's prompt "query" in front, where it has one (encode_query of sentence-transformers).</summary>
    /// <param name="text">What is looked for.</param>
    public float[] EmbedQuery(string text) => Embed(text, _encoder.Prompts.ForQueries);

    /// <summary>
    /// The vectors of texts that are searched, row i for text i: with the model's prompt "document", "passage" or "corpus" in front, where it has one
    /// (encode_document of sentence-transformers).
    /// </summary>
    /// <param name="texts">The texts.</param>
    /// <param name="progress">Receives the number of texts that are done.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="ArgumentException">A text is null.</exception>
    public VectorMatrix EmbedDocuments(IReadOnlyList<string> texts, IProgress<int>? progress = null, CancellationToken cancellationToken = default) =>
        Embed(texts, _encoder.Prompts.ForDocuments, progress, cancellationToken);

    // A role that the model has no prompt for means its default prompt.
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
