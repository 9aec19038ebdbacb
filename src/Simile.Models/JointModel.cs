using System.Numerics.Tensors;
using Simile.Audio;
using Simile.Imaging;
using Simile.Numerics;

namespace Simile.Models;

/// <summary>A model whose texts, pictures and sounds have vectors in one space, so that they are compared with each other.</summary>
/// <remarks>
/// A model of one kind alone is one too, so that whoever keeps and compares vectors need not ask.
/// Thread-safe. A call with many files keeps all cores busy. The network of a kind is loaded when something of that kind is first asked for,
/// so that whoever has only texts does not wait for pictures; what is wrong with its files is said then. Owns its networks: dispose it.
/// </remarks>
public abstract partial class JointModel : IDisposable
{
    private const float Sharpness = 20;

    /// <summary>The name the model was loaded by.</summary>
    public abstract string Name { get; }

    /// <summary>Components of each vector, of whatever kind.</summary>
    public abstract int Dimensions { get; }

    /// <summary>What the model has vectors of.</summary>
    public abstract IReadOnlyList<MediaKind> Kinds { get; }

    /// <summary>The network for texts, with its tokenizer. The model's own: do not dispose it.</summary>
    /// <exception cref="NotSupportedException">The model knows no texts.</exception>
    public abstract TextEmbedder Texts { get; }

    /// <summary>How pictures are made ready, and who says so, in words; null where the model knows none. Loads their network.</summary>
    public virtual string? PicturePreparation => null;

    /// <summary>The vectors of pictures, each of length 1. Files that are no pictures that can be read are refused, and the rest is done.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="NotSupportedException">The model knows no pictures.</exception>
    public virtual MediaVectors EmbedImages(IReadOnlyList<string> paths, CancellationToken cancellationToken = default) =>
        throw Unknown(MediaKind.Image);

    /// <summary>The vector of a picture, of length 1.</summary>
    /// <exception cref="NotSupportedException">The model knows no pictures.</exception>
    public virtual float[] EmbedImage(Picture picture) => throw Unknown(MediaKind.Image);

    /// <summary>The vectors of sounds, row i for sound i, each of length 1. A long sound is to be cut before: each piece then has a vector.</summary>
    /// <param name="sounds">The sounds, of any sampling rate.</param>
    /// <param name="cancellationToken">Stops between sounds.</param>
    /// <exception cref="NotSupportedException">The model knows no sounds.</exception>
    public virtual VectorMatrix EmbedSounds(IReadOnlyList<Waveform> sounds, CancellationToken cancellationToken = default) =>
        throw Unknown(MediaKind.Sound);

    /// <summary>The vector that is compared with those of a kind to find what is like a text.</summary>
    /// <param name="text">What is looked for.</param>
    /// <param name="searched">The kind it is looked for in; among texts the model's prompt for questions is used.</param>
    /// <exception cref="ArgumentException">The model is a table of words that knows none of the text: such a vector is alike to nothing.</exception>
    public virtual float[] EmbedQuery(string text, MediaKind searched)
    {
        var vector = searched == MediaKind.Text ? Texts.EmbedQuery(text) : QueryVector(Texts.Embed(text), MediaKind.Text, searched);
        return vector.AsSpan().ContainsAnyExcept(0f) ? vector
            : throw new ArgumentException($"The model {Name} knows no word of \"{Quoted.Of(text)}\": ask in other words.", nameof(text));
    }

    /// <summary>What becomes of a vector when others are searched with it. By default nothing.</summary>
    /// <param name="vector">A vector of this model.</param>
    /// <param name="kind">What it is the vector of.</param>
    /// <param name="searched">The kind that is searched.</param>
    /// <returns>A vector of length 1.</returns>
    public virtual float[] QueryVector(ReadOnlySpan<float> vector, MediaKind kind, MediaKind searched) => vector.ToArray();

    /// <summary>
    /// Makes the cosines of different kinds comparable, so that hits of several kinds stand in one list: a greater number is a better hit, whatever its kind.
    /// Within a kind the order stays what it was.
    /// </summary>
    /// <param name="score">The cosine of a <see cref="QueryVector"/> and a vector of the kind searched.</param>
    /// <param name="query">What was searched with.</param>
    /// <param name="searched">What was found.</param>
    public virtual float Comparable(float score, MediaKind query, MediaKind searched) => score;

    /// <summary>The sentence that a label is put into where nobody gave one; <c>{}</c> is its place.</summary>
    public abstract string DefaultTemplate(MediaKind kind);

    /// <summary>How probable each of several labels is, from the cosines of a thing with their vectors. By default the softmax of 20 times the cosines, which no training has set.</summary>
    /// <param name="scores">The cosines, which become probabilities in place.</param>
    /// <param name="kind">What the thing is.</param>
    public virtual void Probabilities(Span<float> scores, MediaKind kind)
    {
        TensorPrimitives.Multiply(scores, Sharpness, scores);
        Softmax.Of(scores, scores);
    }

    /// <summary>Whether the model has vectors of a kind.</summary>
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

    /// <summary>Throws where the model does not know a kind.</summary>
    /// <exception cref="NotSupportedException">It does not.</exception>
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

    /// <summary>Lets go of the networks.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>The complaint of a model that is asked for a kind that it does not know.</summary>
    protected NotSupportedException Unknown(MediaKind kind) => MediaWords.Unknown(Name, kind);
}
