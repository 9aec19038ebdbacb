using Microsoft.Extensions.AI;
using Simile.Models;

namespace Simile.Cli;

/// <summary>Models trained with prompts want one in front of questions and another in front of what is searched, by the names that sentence-transformers knows.</summary>
internal static class Roles
{
    private static readonly string[] DocumentPrompts = ["document", "passage", "corpus"];

    public static float[] EmbedQuery(TextEmbedder embedder, string query) =>
        embedder.Embed(query, embedder.Prompts.ContainsKey("query") ? "query" : null);

    public static IEmbeddingGenerator<string, Embedding<float>> ForDocuments(TextEmbedder embedder) =>
        DocumentPrompts.FirstOrDefault(embedder.Prompts.ContainsKey) is { } prompt ? new Prompted(embedder, prompt) : embedder;

    private sealed class Prompted(TextEmbedder embedder, string prompt) : DelegatingEmbeddingGenerator<string, Embedding<float>>(embedder)
    {
        public override Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            var prompted = options?.Clone() ?? new EmbeddingGenerationOptions();
            (prompted.AdditionalProperties ??= [])["prompt"] = prompt;
            return base.GenerateAsync(values, prompted, cancellationToken);
        }
    }
}
