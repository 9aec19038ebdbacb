using Microsoft.Extensions.AI;
using Simile.Embedding;

namespace Simile;

/// <summary>The embedding model of a <see cref="Corpus"/>: one vector space for texts and, if supported, pictures and sounds.</summary>
/// <remarks>
/// Must be thread-safe: a corpus searches on many threads while it synchronizes on another. <see cref="Create(MultimodalModel)"/> wraps
/// Simile's own models, and <see cref="Create(IEmbeddingGenerator{string, Embedding{float}}, TokenCounter, string)"/> any
/// <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/> of texts. Derive from this class for anything else.
/// </remarks>
public abstract class CorpusModel
{
    /// <summary>The name that the model is loaded by.</summary>
    public abstract string Name { get; }

    /// <summary>Dimensions of each vector, of any kind.</summary>
    public abstract int Dimensions { get; }

    /// <summary>
    /// Changes with anything else that changes the vectors (weights, pooling, prompts). Vectors with different fingerprints are never
    /// mixed. May be empty.
    /// </summary>
    public virtual string Fingerprint => string.Empty;

    /// <summary>The media kinds that the model embeds. Files of other kinds are reported and skipped.</summary>
    public abstract IReadOnlyList<MediaKind> Kinds { get; }

    /// <summary>The number of tokens of a text, without special tokens. It determines the length of passages.</summary>
    public abstract int CountTokens(ReadOnlySpan<char> text);

    /// <summary>The vectors of passages in order.</summary>
    /// <param name="passages">The passages with their headings.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    public abstract Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedPassagesAsync(
        IReadOnlyList<string> passages, CancellationToken cancellationToken);

    /// <summary>
    /// The vectors of picture or sound files in order. Files that cannot be embedded are refused with a reason; the others are embedded.
    /// </summary>
    /// <param name="kind"><see cref="MediaKind.Image"/> or <see cref="MediaKind.Sound"/>.</param>
    /// <param name="paths">Full paths.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="NotSupportedException">The model does not embed the kind.</exception>
    public virtual Task<IReadOnlyList<EmbeddedFile>> EmbedFilesAsync(
        MediaKind kind, IReadOnlyList<string> paths, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"The model {Name} embeds only texts.");

    /// <summary>A word for how files of a kind are read and split. If it changes, files are embedded again.</summary>
    public virtual string Recipe(MediaKind kind) => "1";

    /// <summary>The query vector of a text for a search among items of a kind.</summary>
    /// <param name="text">The query.</param>
    /// <param name="searched">The kind of the items.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    public abstract Task<ReadOnlyMemory<float>> EmbedQueryAsync(string text, MediaKind searched, CancellationToken cancellationToken);

    /// <summary>Adapts the vector of an item for a search among items of another kind. By default unchanged.</summary>
    /// <param name="vector">A vector of this model.</param>
    /// <param name="kind">The kind of the vector.</param>
    /// <param name="searched">The kind of the items.</param>
    public virtual ReadOnlyMemory<float> QueryVector(ReadOnlyMemory<float> vector, MediaKind kind, MediaKind searched) => vector;

    /// <summary>
    /// Makes cosines of different kinds comparable, so that hits can be merged into one list. Must not change the order within a kind. By
    /// default the cosine.
    /// </summary>
    /// <param name="cosine">The cosine between a query's vector and an item's.</param>
    /// <param name="query">The kind of the query.</param>
    /// <param name="searched">The kind of the item.</param>
    public virtual float Comparable(float cosine, MediaKind query, MediaKind searched) => cosine;

    /// <summary>Whether the model embeds a kind.</summary>
    public bool Knows(MediaKind kind) => Kinds.Contains(kind);

    /// <summary>Wraps a model of Simile with its query and document prompts. The caller keeps ownership of the model.</summary>
    public static CorpusModel Create(MultimodalModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new MultimodalCorpusModel(model);
    }

    /// <summary>Wraps any embedding generator of texts. The caller keeps ownership of the generator.</summary>
    /// <param name="generator">Embeds queries and passages in the same way. Its metadata names the model.</param>
    /// <param name="countTokens">Counts the tokens of a text as the generator's model does.</param>
    /// <param name="fingerprint">Changes with anything else that changes the vectors. May be empty.</param>
    /// <exception cref="ArgumentException">The generator's metadata does not contain the dimensions.</exception>
    public static CorpusModel Create(
        IEmbeddingGenerator<string, Embedding<float>> generator, TokenCounter countTokens, string fingerprint = "")
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(countTokens);
        ArgumentNullException.ThrowIfNull(fingerprint);
        return new GeneratorCorpusModel(generator, countTokens, fingerprint);
    }
}
