using Microsoft.Extensions.AI;
using Simile.Models;

namespace Simile.Cli;

/// <summary>Models trained with prompts want one in front of questions and another in front of what is searched, by the names that sentence-transformers knows.</summary>
internal static class Roles
{
    private static readonly string[] DocumentPrompts = ["document", "passage", "corpus"];

    public static float[] EmbedQuery(TextEmbedder embedder, string query) =>
        embedder.Embed(query, embedder.Prompts.ContainsKey("query") ? "query" : null);

    /// <summary>What embeds passages. The network is asked for with the first of them, not before: a folder of photos does without.</summary>
    public static IEmbeddingGenerator<string, Embedding<float>> ForDocuments(JointModel model) => new Documents(model);

    private sealed class Documents(JointModel model) : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            var prompted = options?.Clone() ?? new EmbeddingGenerationOptions();
            if (DocumentPrompts.FirstOrDefault(model.Texts.Prompts.ContainsKey) is { } prompt)
            {
                (prompted.AdditionalProperties ??= [])["prompt"] = prompt;
            }

            return model.Texts.GenerateAsync(values, prompted, cancellationToken);
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => model.Texts.GetService(serviceType, serviceKey);

        public void Dispose()
        {
            // The model is another's.
        }
    }
}
