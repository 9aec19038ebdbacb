using System.Text;
using Microsoft.Extensions.AI;

namespace Simile.Testing;

/// <summary>A small real embedder: each word falls into one of the dimensions. It counts what it embeds.</summary>
internal sealed class BagOfWords(string name = "bag-of-words", int dimensions = 64) : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly EmbeddingGeneratorMetadata _metadata = new(name, null, name, dimensions);

    public string Name => name;

    public int Dimensions => dimensions;

    public List<string> Embedded { get; } = [];

    /// <summary>A word without a part in any vector, in whatever case.</summary>
    public string? Unknown { get; init; }

    public Action<int>? BeforeCall { get; set; }

    public float[] Embed(string text)
    {
        var vector = new float[dimensions];
        foreach (var word in text.ToLowerInvariant()
            .Split([' ', '\n', '\r', '\t', '.', ',', '#', ':'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Equals(Unknown, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var hash = 2166136261u;
            foreach (var b in System.Text.Encoding.UTF8.GetBytes(word))
            {
                hash = (hash ^ b) * 16777619;
            }

            vector[hash % (uint)dimensions]++;
        }

        return vector;
    }

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values.ToList();
        BeforeCall?.Invoke(texts.Count);
        cancellationToken.ThrowIfCancellationRequested();
        Embedded.AddRange(texts);
        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(texts.Select(text => new Embedding<float>(Embed(text)))));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata : null;

    public void Dispose()
    {
    }
}
