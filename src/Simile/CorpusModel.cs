using Microsoft.Extensions.AI;
using Simile.Embedding;

namespace Simile;

/// <summary>What a <see cref="Corpus"/> embeds with: one vector space for texts, and where the model has them for pictures and sounds.</summary>
/// <remarks>
/// Thread-safe: a corpus searches on many threads while it is synchronized on another. Simile's own models and every
/// <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/> of texts serve through <see cref="Create(JointModel)"/> and
/// <see cref="Create(IEmbeddingGenerator{string, Embedding{float}}, TokenCounter, string)"/>; derive from it for anything else.
/// </remarks>
public abstract class CorpusModel
{
    /// <summary>The name that the model is loaded by.</summary>
    public abstract string Name { get; }

    /// <summary>Components of each vector, of whatever kind.</summary>
    public abstract int Dimensions { get; }

    /// <summary>Changes with whatever else changes the vectors (weights, pooling, prompts). Vectors of different fingerprints are never mixed. May be empty.</summary>
    public virtual string Fingerprint => string.Empty;

    /// <summary>What the model makes vectors of. Files of another kind are reported and skipped.</summary>
    public abstract IReadOnlyList<MediaKind> Kinds { get; }

    /// <summary>The number of tokens of a text, without special tokens: passages are cut by it.</summary>
    public abstract int CountTokens(ReadOnlySpan<char> text);

    /// <summary>The vectors of passages, in their order.</summary>
    /// <param name="passages">The passages as they are embedded, with their headings.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    public abstract Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedPassagesAsync(IReadOnlyList<string> passages, CancellationToken cancellationToken);

    /// <summary>The vectors of picture or sound files, in their order. A file that cannot be embedded is refused with a reason; the others are embedded.</summary>
    /// <param name="kind"><see cref="MediaKind.Image"/> or <see cref="MediaKind.Sound"/>.</param>
    /// <param name="paths">Full paths.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="NotSupportedException">The model does not know the kind.</exception>
    public virtual Task<IReadOnlyList<EmbeddedFile>> EmbedFilesAsync(MediaKind kind, IReadOnlyList<string> paths, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"The model {Name} makes vectors of texts alone.");

    /// <summary>How files of a kind are read and cut, in a word. Files that were embedded by another recipe are embedded again.</summary>
    public virtual string Recipe(MediaKind kind) => "1";

    /// <summary>The vector to search items of a kind with, for what is like a text.</summary>
    /// <param name="text">What is looked for.</param>
    /// <param name="searched">The kind of the items.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    public abstract Task<ReadOnlyMemory<float>> EmbedQueryAsync(string text, MediaKind searched, CancellationToken cancellationToken);

    /// <summary>The vector to search items of a kind with, from the vector of an item. By default that vector.</summary>
    /// <param name="vector">A vector of this model.</param>
    /// <param name="kind">What it is the vector of.</param>
    /// <param name="searched">The kind of the items.</param>
    public virtual ReadOnlyMemory<float> QueryVector(ReadOnlyMemory<float> vector, MediaKind kind, MediaKind searched) => vector;

    /// <summary>Makes the cosines of different kinds comparable, so that hits of all kinds stand in one list. Must not change the order within a kind. By default the cosine.</summary>
    /// <param name="cosine">The cosine of a query's vector and an item's.</param>
    /// <param name="query">What was searched with.</param>
    /// <param name="searched">The kind of the item.</param>
    public virtual float Comparable(float cosine, MediaKind query, MediaKind searched) => cosine;

    /// <summary>Whether the model has vectors of a kind.</summary>
    public bool Knows(MediaKind kind) => Kinds.Contains(kind);

    /// <summary>A model of Simile, with its prompts for questions and passages. The caller disposes the model.</summary>
    public static CorpusModel Create(JointModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new JointCorpusModel(model);
    }

    /// <summary>Any embedding generator of texts. The caller disposes the generator.</summary>
    /// <param name="generator">Embeds questions and passages alike. Its metadata names the model.</param>
    /// <param name="countTokens">Counts the tokens of a text as the generator's model does.</param>
    /// <param name="fingerprint">Changes with whatever else changes the vectors; may be empty.</param>
    /// <exception cref="ArgumentException">The generator's metadata does not tell the model's dimensions.</exception>
    public static CorpusModel Create(IEmbeddingGenerator<string, Embedding<float>> generator, TokenCounter countTokens, string fingerprint = "")
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(countTokens);
        ArgumentNullException.ThrowIfNull(fingerprint);
        return new GeneratorCorpusModel(generator, countTokens, fingerprint);
    }
}
