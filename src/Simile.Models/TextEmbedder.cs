using Microsoft.Extensions.AI;
using Simile.Models.Text;
using Simile.Numerics;
using Simile.Tokenizers;

namespace Simile.Models;

/// <summary>Embeds texts with a model folder or the built-in model.</summary>
/// <remarks>
/// Thread-safe. Calls share the network, and each call uses all cores: one call with many texts is faster than many calls.
/// Owns the network: dispose it. A text's vector does not depend on the other texts.
/// </remarks>
public sealed partial class TextEmbedder : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>The name of the built-in model.</summary>
    public const string BuiltIn = "simile/base";

    private readonly TextEncoder _encoder;

    internal TextEmbedder(string name, TextEncoder encoder)
    {
        Name = name;
        _encoder = encoder;
    }

    /// <summary>Loads a model: the built-in one by its name, any other from its folder or from the hub's cache on this machine.</summary>
    /// <param name="model">
    /// <see cref="BuiltIn"/>, a folder in the hub's layout, a file of word vectors as <see cref="WordVectors.Load"/> takes it, or a name
    /// such as <c>sentence-transformers/all-MiniLM-L6-v2</c> that the cache holds.
    /// </param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder or cached model.</exception>
    /// <exception cref="FileNotFoundException">The folder lacks a file.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    /// <exception cref="NotSupportedException">The model is of a family that is not supported.</exception>
    public static TextEmbedder Load(string model = BuiltIn) => Load(model, new TextEmbedderOptions());

    /// <summary>Loads a model as <see cref="Load(string)"/>, with options.</summary>
    /// <param name="model">The built-in model's name, a folder, or the name of a model in the hub's cache.</param>
    /// <param name="options">Settings that override the model's files.</param>
    /// <exception cref="ArgumentException">The network has no layer of that name. The message lists the layers.</exception>
    public static TextEmbedder Load(string model, TextEmbedderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new TextEmbedder(model, TextEncoder.Load(model, options));
    }

    /// <summary>The implementation.</summary>
    internal TextEncoder Encoder => _encoder;

    /// <summary>The name that the model was loaded by.</summary>
    public string Name { get; }

    /// <summary>Components of each vector.</summary>
    public int Dimensions => _encoder.Dimensions;

    /// <summary>Maximum input length in tokens, special tokens included. Longer texts are truncated.</summary>
    public int MaxSequenceLength => _encoder.MaxSequenceLength;

    /// <summary>Whether a vector has one component per entry of the vocabulary, most of them zero (SPLADE).</summary>
    public bool IsSparse => _encoder.IsSparse;

    /// <summary>The model's tokenizer.</summary>
    public Tokenizer Tokenizer => _encoder.Tokenizer;

    /// <summary>The intended similarity function.</summary>
    public Metric Similarity => _encoder.Similarity;

    /// <summary>The model's prompts: texts that are put before the input, by name.</summary>
    public IReadOnlyDictionary<string, string> Prompts => _encoder.Prompts.ByName;

    /// <summary>The vector of one text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="prompt">The name of a prompt that is put before the text; null for the model's default.</param>
    /// <exception cref="ArgumentException">The model has no such prompt.</exception>
    public float[] Embed(string text, string? prompt = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Embed([text], prompt).AsSpan().ToArray();
    }

    /// <summary>The vectors of texts. Row i belongs to text i.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="prompt">The name of a prompt that is put before every text; null for the model's default.</param>
    /// <param name="progress">Optional callback with the number of embedded texts.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="ArgumentException">A text is null, or the model has no such prompt.</exception>
    public VectorMatrix Embed(
        IReadOnlyList<string> texts, string? prompt = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        return EmbedWithUsage(texts, prompt, progress, cancellationToken).Vectors;
    }

    /// <summary>The vectors of texts, the number of tokens, and which texts were truncated.</summary>
    /// <inheritdoc cref="Embed(IReadOnlyList{string}, string, IProgress{int}, CancellationToken)"/>
    public TextVectors EmbedWithUsage(
        IReadOnlyList<string> texts, string? prompt = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var run = new EncodingRun(texts.Count, progress);
        var vectors = Run(texts, prompt, run, cancellationToken);
        return new TextVectors(vectors, run.Tokens.Sum(tokens => (long)tokens), run.CutTexts) { TextTokens = run.Tokens };
    }

    /// <inheritdoc/>
    public void Dispose() => _encoder.Dispose();

    private VectorMatrix Run(IReadOnlyList<string> texts, string? prompt, EncodingRun run, CancellationToken cancellationToken)
    {
        for (var i = 0; i < texts.Count; i++)
        {
            if (texts[i] is null)
            {
                throw new ArgumentException($"Text {i} of {texts.Count} is null: remove it, or use an empty text.", nameof(texts));
            }
        }

        var vectors = new VectorMatrix(texts.Count, Dimensions);
        if (texts.Count > 0)
        {
            _encoder.Encode(texts, _encoder.Prompts.Text(prompt), vectors, run, cancellationToken);
        }

        return vectors;
    }
}
