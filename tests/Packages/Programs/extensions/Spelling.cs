using Microsoft.Extensions.AI;

namespace Extensions;

/// <summary>Texts to counts of their groups of three letters, hashed.</summary>
internal sealed class Spelling : IEmbeddingGenerator<string, Embedding<float>>
{
    public const int Dimensions = 512;

    public static float[] Embed(string text)
    {
        var counts = new float[Dimensions];
        var letters = $" {text.ToLowerInvariant()} ";
        for (var i = 0; i + 3 <= letters.Length; i++)
        {
            counts[((letters[i] * 31 * 31) + (letters[i + 1] * 31) + letters[i + 2]) % Dimensions]++;
        }

        return counts;
    }

    public static int CountWords(ReadOnlySpan<char> text)
    {
        var words = 0;
        foreach (var _ in text.Split(' '))
        {
            words++;
        }

        return words;
    }

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(text => new Embedding<float>(Embed(text)))));

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("workshop", null, "trigrams", Dimensions) : null;

    public void Dispose()
    {
    }
}
