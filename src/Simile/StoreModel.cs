using Microsoft.Extensions.AI;

namespace Simile;

/// <summary>What made the vectors of a store: vectors of two models cannot be compared.</summary>
/// <param name="Name">The name the model is loaded by.</param>
/// <param name="Dimensions">Components of each vector, at least 1.</param>
/// <param name="Settings">A fingerprint of whatever else changes the vectors (revision, pooling, prompts); may be empty.</param>
public sealed record StoreModel(string Name, int Dimensions, string Settings)
{
    /// <summary>The stamp of an embedder, from its metadata; where that tells no dimensions, one text is embedded to see.</summary>
    public static StoreModel Of(IEmbeddingGenerator<string, Embedding<float>> embedder, string settings = "")
    {
        ArgumentNullException.ThrowIfNull(embedder);
        var metadata = embedder.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata;
        var dimensions = metadata?.DefaultModelDimensions
            ?? embedder.GenerateAsync(["dimensions"]).GetAwaiter().GetResult()[0].Vector.Length;
        return new StoreModel(metadata?.DefaultModelId ?? embedder.GetType().Name, dimensions, settings);
    }
}
