using System.Numerics.Tensors;
using Simile.Audio;
using Simile.Imaging;
using Simile.Numerics;

namespace Simile.Models;

/// <summary>A model that embeds texts, pictures and sounds in one space, so that their vectors can be compared.</summary>
/// <remarks>
/// Models of a single kind are included, so that callers need no distinction.
/// Thread-safe. A call with many files uses all cores. The network of a kind is loaded on first use, so that text-only callers do not wait
/// for pictures; faults in its files are reported then. Owns its networks: dispose it.
/// </remarks>
public abstract partial class MultimodalModel : IDisposable
{
    private const float Sharpness = 20;

    /// <summary>The name that the model was loaded by.</summary>
    public abstract string Name { get; }

    /// <summary>Dimensions of each vector, of any kind.</summary>
    public abstract int Dimensions { get; }

    /// <summary>The media kinds that the model embeds.</summary>
    public abstract IReadOnlyList<MediaKind> Kinds { get; }

    /// <summary>The text embedder. Owned by the model: do not dispose it.</summary>
    /// <exception cref="NotSupportedException">The model does not embed texts.</exception>
    public abstract TextEmbedder Texts { get; }

    /// <summary>
    /// The preprocessing of pictures and its source, for display; null if the model does not embed pictures. Loads the network.
    /// </summary>
    public virtual string? PicturePreparation => null;

    /// <summary>The vectors of picture files, each of length 1. Unreadable files are refused; the rest is embedded.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="NotSupportedException">The model does not embed pictures.</exception>
    public virtual MediaVectors EmbedImages(IReadOnlyList<string> paths, CancellationToken cancellationToken = default) =>
        throw Unknown(MediaKind.Image);

    /// <summary>The vector of a picture, of length 1.</summary>
    /// <exception cref="NotSupportedException">The model does not embed pictures.</exception>
    public virtual float[] EmbedImage(Picture picture) => throw Unknown(MediaKind.Image);

    /// <summary>The vectors of sounds, each of length 1; row i belongs to sound i. Split long sounds into windows first.</summary>
    /// <param name="sounds">The sounds, of any sample rate.</param>
    /// <param name="cancellationToken">Stops between sounds.</param>
    /// <exception cref="NotSupportedException">The model does not embed sounds.</exception>
    public virtual VectorMatrix EmbedSounds(IReadOnlyList<Waveform> sounds, CancellationToken cancellationToken = default) =>
        throw Unknown(MediaKind.Sound);

    /// <summary>The query vector of a text, to be compared with the vectors of one kind (texts, pictures or sounds).</summary>
    /// <param name="text">What is looked for.</param>
    /// <param name="searched">The kind it is looked for in; among texts the model's prompt for questions is used.</param>
    /// <exception cref="ArgumentException">
    /// The model is a table of words that knows none of the text: such a vector is alike to nothing.
    /// </exception>
    public virtual float[] EmbedQuery(string text, MediaKind searched)
    {
        var vector = searched == MediaKind.Text ? Texts.EmbedQuery(text) : QueryVector(Texts.Embed(text), MediaKind.Text, searched);
        return vector.AsSpan().ContainsAnyExcept(0f) ? vector
            : throw new ArgumentException($"The model {Name} knows no word of \"{Quoted.Of(text)}\": ask in other words.", nameof(text));
    }

    /// <summary>Adapts a vector for a search among vectors of another kind. By default unchanged.</summary>
    /// <param name="vector">A vector of this model.</param>
    /// <param name="kind">The kind of the vector.</param>
    /// <param name="searched">The kind of the vectors to search.</param>
    /// <returns>A vector of length 1.</returns>
    public virtual float[] QueryVector(ReadOnlySpan<float> vector, MediaKind kind, MediaKind searched) => vector.ToArray();

    /// <summary>
    /// Makes cosines of different kinds comparable, so that hits of several kinds can be merged into one list: greater is better.
    /// The order within a kind does not change.
    /// </summary>
    /// <param name="score">The cosine between a <see cref="QueryVector"/> and a vector of the searched kind.</param>
    /// <param name="query">The kind of the query.</param>
    /// <param name="searched">The kind of the hit.</param>
    public virtual float Comparable(float score, MediaKind query, MediaKind searched) => score;

    /// <summary>The default template for labels; <c>{}</c> is the place of the label.</summary>
    public abstract string DefaultTemplate(MediaKind kind);

    /// <summary>
    /// Turns the cosines between a vector and label vectors into probabilities. By default the softmax of 20 times the cosines, an
    /// untrained choice.
    /// </summary>
    /// <param name="scores">The cosines. Replaced by probabilities.</param>
    /// <param name="kind">The kind of the classified vector.</param>
    public virtual void Probabilities(Span<float> scores, MediaKind kind)
    {
        TensorPrimitives.Multiply(scores, Sharpness, scores);
        Softmax.Of(scores, scores);
    }

    /// <summary>Whether the model embeds a kind.</summary>
    public bool Knows(MediaKind kind)
    {
        for (var i = 0; i < Kinds.Count; i++)
        {
            if (Kinds[i] == kind)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Throws if the model does not embed a kind.</summary>
    /// <exception cref="NotSupportedException">The model does not embed the kind.</exception>
    public void Require(MediaKind kind)
    {
        if (!Knows(kind))
        {
            throw Unknown(kind);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the networks.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>The complaint of a model that is asked for a kind that it does not know.</summary>
    protected NotSupportedException Unknown(MediaKind kind) => MediaWords.Unknown(Name, kind);
}
