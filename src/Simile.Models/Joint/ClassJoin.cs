using Simile.Models.Images;
using Simile.Models.Sound;
using Simile.Numerics;

namespace Simile.Models.Joint;

/// <summary>
/// A model of texts with classifiers of pictures and sounds joined to it: the vector of a picture is that of the names of the classes it is taken for
/// (ConSE, Norouzi et al. 2013). No training, any classifier, any model of texts; what has no class is not understood.
/// </summary>
/// <remarks>Thread-safe. Each network is loaded when it is first asked for. Owns all: dispose it.</remarks>
internal sealed class ClassJoin : JointModel
{
    private readonly Lazy<TextEmbedder> _texts;
    private readonly Lazy<(ImageEmbedder Classifier, ClassSpace Space)>? _images;
    private readonly Lazy<(SoundEmbedder Classifier, ClassSpace Space)>? _sounds;

    /// <param name="name">The name it was loaded by.</param>
    /// <param name="dimensions">Components of the texts' vectors.</param>
    /// <param name="texts">Opens the texts' network.</param>
    /// <param name="images">Opens a classifier whose vectors are the probabilities of its classes; null for none.</param>
    /// <param name="sounds">The same for sounds.</param>
    public ClassJoin(
        string name, int dimensions, Func<TextEmbedder> texts, Func<(ImageEmbedder Classifier, ClassSpace Space)>? images, Func<(SoundEmbedder Classifier, ClassSpace Space)>? sounds)
    {
        (Name, Dimensions) = (name, dimensions);
        _texts = new(texts);
        _images = images is null ? null : new(images);
        _sounds = sounds is null ? null : new(sounds);
        Kinds = [MediaKind.Text, .. images is null ? (MediaKind[])[] : [MediaKind.Image], .. sounds is null ? (MediaKind[])[] : [MediaKind.Sound]];
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override int Dimensions { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<MediaKind> Kinds { get; }

    /// <inheritdoc/>
    public override TextEmbedder Texts => _texts.Value;

    /// <inheritdoc/>
    public override VectorMatrix EmbedImages(IReadOnlyList<string> paths, out IReadOnlyList<RefusedImage> refused, CancellationToken cancellationToken = default)
    {
        var (classifier, space) = (_images ?? throw Unknown(MediaKind.Image)).Value;
        return Place(classifier.Embed(paths, out refused, cancellationToken), space);
    }

    /// <inheritdoc/>
    public override VectorMatrix EmbedSounds(IReadOnlyList<Waveform> sounds, CancellationToken cancellationToken = default)
    {
        var (classifier, space) = (_sounds ?? throw Unknown(MediaKind.Sound)).Value;
        return Place(classifier.Embed(sounds, cancellationToken), space);
    }

    /// <summary>What is looked for, by itself and in the sentence that the names of classes stand in, where pictures or sounds are searched.</summary>
    public override float[] EmbedQuery(string text, MediaKind searched)
    {
        var vector = Texts.Embed(text);
        var sentence = DefaultTemplate(searched).Split("{}")[0];
        var beginning = sentence[..(sentence.LastIndexOf(" of ", StringComparison.Ordinal) + 4)];
        if (searched != MediaKind.Text && !text.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
        {
            VectorMath.Add(vector, Texts.Embed(sentence + text), vector);
            VectorMath.Normalize(vector, vector);
        }

        return vector;
    }

    /// <inheritdoc/>
    public override float Comparable(float score, MediaKind query, MediaKind searched) =>
        query == MediaKind.Text && searched != MediaKind.Text ? Space(searched).AsOfTexts(score) : score;

    /// <inheritdoc/>
    public override string DefaultTemplate(MediaKind kind) => kind switch
    {
        MediaKind.Image => "a photo of a {}",
        MediaKind.Sound => "the sound of {}",
        _ => "{}",
    };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (_texts.IsValueCreated)
        {
            _texts.Value.Dispose();
        }

        if (_images is { IsValueCreated: true })
        {
            _images.Value.Classifier.Dispose();
        }

        if (_sounds is { IsValueCreated: true })
        {
            _sounds.Value.Classifier.Dispose();
        }
    }

    private ClassSpace Space(MediaKind kind) => kind == MediaKind.Image
        ? (_images ?? throw Unknown(kind)).Value.Space
        : (_sounds ?? throw Unknown(kind)).Value.Space;

    private static VectorMatrix Place(VectorMatrix scores, ClassSpace space)
    {
        var vectors = new VectorMatrix(scores.Count, space.Vectors.Dimensions);
        for (var i = 0; i < scores.Count; i++)
        {
            space.Place(scores[i], vectors[i]);
        }

        return vectors;
    }
}
