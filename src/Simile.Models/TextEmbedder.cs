using Microsoft.Extensions.AI;
using Simile.Numerics;
using Simile.Tokenizers;

namespace Simile.Models;

/// <summary>Text to vectors, by a model folder or the built-in model.</summary>
public sealed class TextEmbedder : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>The name of the built-in model.</summary>
    public const string BuiltIn = "simile/base";

    /// <summary>Loads a model: the built-in one by its name, any other from its folder.</summary>
    public static TextEmbedder Load(string model = BuiltIn) => throw new NotImplementedException();

    /// <summary>The name the model was loaded by.</summary>
    public string Name => throw new NotImplementedException();

    /// <summary>Components of each vector.</summary>
    public int Dimensions => throw new NotImplementedException();

    /// <summary>Longest input in tokens, special tokens counted; what is longer is cut.</summary>
    public int MaxSequenceLength => throw new NotImplementedException();

    /// <summary>The model's tokenizer.</summary>
    public Tokenizer Tokenizer => throw new NotImplementedException();

    /// <summary>The vector of one text.</summary>
    public float[] Embed(string text, string? prompt = null) => throw new NotImplementedException();

    /// <summary>The vectors of texts, row i for text i.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="prompt">Name of one of the model's prompts, put in front of every text; null for the model's default.</param>
    /// <param name="progress">Told how many texts are done.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public VectorMatrix Embed(IReadOnlyList<string> texts, string? prompt = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <inheritdoc/>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
