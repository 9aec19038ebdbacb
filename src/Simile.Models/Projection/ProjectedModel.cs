using Simile.Audio;
using Simile.Imaging;
using Simile.Numerics;

namespace Simile.Models.Projection;

/// <summary>
/// A text model plus classifiers of pictures and sounds, projected by class names: the vector of a picture is the weighted mean of the
/// vectors of its class names (ConSE, Norouzi et al. 2013). It needs no training and works with any classifier and any text model. Only
/// things that have a class are recognized.
/// </summary>
/// <remarks>Thread-safe. Each network is loaded on first use. Owns all networks: dispose it.</remarks>
internal sealed class ProjectedModel : MultimodalModel
{
    private readonly Lazy<TextEmbedder> _texts;
    private readonly ProjectedClassifier<ImageEmbedder>? _images;
    private readonly ProjectedClassifier<SoundEmbedder>? _sounds;
    private readonly IDisposable? _owned;

    /// <param name="name">The name that it was loaded by.</param>
    /// <param name="dimensions">Dimensions of the text vectors.</param>
    /// <param name="texts">Opens the text model.</param>
    /// <param name="images">A classifier of pictures; null for none.</param>
    /// <param name="sounds">A classifier of sounds; null for none.</param>
    /// <param name="owned">The owner of the networks' memory, disposed after them; null if each network has its own.</param>
    public ProjectedModel(
        string name,
        int dimensions,
        Func<TextEmbedder> texts,
        ProjectedClassifier<ImageEmbedder>? images,
        ProjectedClassifier<SoundEmbedder>? sounds,
        IDisposable? owned = null)
    {
        (Name, Dimensions, _images, _sounds, _owned) = (name, dimensions, images, sounds, owned);
        _texts = new(texts);
        Kinds = [MediaKind.Text, .. images is null ? (MediaKind[])[] : [MediaKind.Image], .. sounds is null
            ? (MediaKind[])[]
            : [MediaKind.Sound]];
    }

    /// <inheritdoc/>
    public override string? PicturePreparation => Images?.Preparation;

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override int Dimensions { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<MediaKind> Kinds { get; }

    /// <inheritdoc/>
    public override TextEmbedder Texts => _texts.Value;

    /// <summary>The classifier of pictures; null for none.</summary>
    public ImageEmbedder? Images => _images?.Network;

    /// <summary>The classifier of sounds; null for none.</summary>
    public SoundEmbedder? Sounds => _sounds?.Network;

    /// <summary>The class vectors of pictures; null without a classifier of pictures.</summary>
    public ClassSpace? ImageSpace => _images?.Space;

    /// <summary>The class vectors of sounds; null without a classifier of sounds.</summary>
    public ClassSpace? SoundSpace => _sounds?.Space;

    /// <inheritdoc/>
    public override MediaVectors EmbedImages(IReadOnlyList<string> paths, CancellationToken cancellationToken = default)
    {
        var images = _images ?? throw Unknown(MediaKind.Image);
        var classes = images.Network.Embed(paths, cancellationToken);
        return classes with { Vectors = Place(classes.Vectors, images.Space) };
    }

    /// <inheritdoc/>
    public override float[] EmbedImage(Picture picture)
    {
        var images = _images ?? throw Unknown(MediaKind.Image);
        var classes = images.Network.Embed(picture);
        return Place(new VectorMatrix(classes, classes.Length), images.Space)[0].ToArray();
    }

    /// <inheritdoc/>
    public override VectorMatrix EmbedSounds(IReadOnlyList<Waveform> sounds, CancellationToken cancellationToken = default)
    {
        var joined = _sounds ?? throw Unknown(MediaKind.Sound);
        return Place(joined.Network.Embed(sounds, cancellationToken), joined.Space);
    }

    /// <summary>The query alone and, if pictures or sounds are searched, in the templates of the class names.</summary>
    public override float[] EmbedQuery(string text, MediaKind searched)
    {
        var vector = searched == MediaKind.Text ? Texts.EmbedQuery(text) : Texts.Embed(text);
        var templates = Templates(searched);
        if (templates.Count == 0 || templates.Any(template => LabelTemplate.IsFilled(template, text)))
        {
            return vector;
        }

        foreach (var template in templates)
        {
            VectorMath.Add(vector, Texts.Embed(LabelTemplate.Fill(template, text)), vector);
        }

        return VectorMath.Normalize(vector);
    }

    /// <inheritdoc/>
    public override float Comparable(float score, MediaKind query, MediaKind searched) => query != MediaKind.Text ? score : searched switch
    {
        MediaKind.Image => (_images ?? throw Unknown(searched)).Space.AsOfTexts(score),
        MediaKind.Sound => (_sounds ?? throw Unknown(searched)).Space.AsOfTexts(score),
        _ => score,
    };

    /// <inheritdoc/>
    public override string DefaultTemplate(MediaKind kind) => Templates(kind) is [var first, ..] ? first : LabelTemplate.Place;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (_texts.IsValueCreated)
        {
            _texts.Value.Dispose();
        }

        _images?.Dispose();
        _sounds?.Dispose();
        _owned?.Dispose();
    }

    private IReadOnlyList<string> Templates(MediaKind kind) => kind switch
    {
        MediaKind.Image => _images?.Templates ?? [],
        MediaKind.Sound => _sounds?.Templates ?? [],
        _ => [],
    };

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
