using System.Diagnostics.CodeAnalysis;
using Simile.Audio;
using Simile.Imaging;
using Simile.Numerics;

namespace Simile.Models;

/// <summary>
/// A model of two towers that were trained to agree: CLIP (Radford et al. 2021) and SigLIP (Zhai et al. 2023) for texts and pictures,
/// CLAP (Wu et al. 2023) for texts and sounds.
/// </summary>
/// <remarks>Thread-safe. A tower is loaded when it is first asked for. Owns both: dispose it. Vectors have length 1.</remarks>
public sealed partial class ClipModel : JointModel
{
    private readonly JointFolder _folder;
    private readonly Lazy<TextEmbedder> _texts;
    private readonly Lazy<ImageEmbedder> _images;
    private readonly Lazy<SoundEmbedder> _sounds;

    private ClipModel(string name, JointFolder folder)
    {
        Name = name;
        _folder = folder;
        (LogitScale, TextLogitScale, LogitBias, Dimensions) = folder.Space();
        _texts = new Lazy<TextEmbedder>(() => TextEmbedder.Load(PictureResize.Split(name).Model));
        _images = new Lazy<ImageEmbedder>(() => ImageEmbedder.Load(name));
        _sounds = new Lazy<SoundEmbedder>(() => SoundEmbedder.Load(PictureResize.Split(name).Model));
    }

    /// <inheritdoc/>
    public override string? PicturePreparation => Knows(MediaKind.Image) ? Images.Preparation : null;

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override int Dimensions { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<MediaKind> Kinds => _folder.Family == "clap" ? [MediaKind.Text, MediaKind.Sound] : [MediaKind.Text, MediaKind.Image];

    /// <inheritdoc/>
    public override TextEmbedder Texts => _texts.Value;

    /// <summary>The network for pictures, with its processor. The model's own: do not dispose it.</summary>
    /// <exception cref="NotSupportedException">The model knows no pictures.</exception>
    public ImageEmbedder Images => Knows(MediaKind.Image) ? _images.Value : throw Unknown(MediaKind.Image);

    /// <summary>The network for sounds, with its extractor. The model's own: do not dispose it.</summary>
    /// <exception cref="NotSupportedException">The model knows no sounds.</exception>
    public SoundEmbedder Sounds => Knows(MediaKind.Sound) ? _sounds.Value : throw Unknown(MediaKind.Sound);

    /// <summary>What a cosine is multiplied by to become a logit: the inverse of the temperature of the training, about 100.</summary>
    public float LogitScale { get; }

    /// <summary>The same where pictures (or sounds) are judged for a text: another number in CLAP alone.</summary>
    public float TextLogitScale { get; }

    /// <summary>What is then added; 0 but for SigLIP.</summary>
    public float LogitBias { get; }

    /// <summary>Whether a pair is judged by itself, by the sigmoid of its logit (SigLIP), and not among others, by their softmax.</summary>
    public bool JudgesPairs => _folder.Family is "siglip" or "siglip2";

    /// <summary>Loads a model.</summary>
    /// <param name="model">A folder in the layout of transformers or sentence-transformers, or the name of a model in the hub's cache.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such model.</exception>
    /// <exception cref="FileNotFoundException">The folder lacks a file.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    /// <exception cref="NotSupportedException">The model is of another family.</exception>
    public static new ClipModel Load(string model)
    {
        var (name, resize) = PictureResize.Split(model);
        var folder = JointFolder.Find(name);
        if (resize is not null && folder.Family == "clap")
        {
            throw new NotSupportedException($"The model {name} has no vectors of pictures: a resize of them says nothing to it.");
        }

        return Architectures.JointNetwork.Knows(folder.Family) ? new ClipModel(model, folder)
            : throw new NotSupportedException($"{model} puts no texts beside pictures or sounds: it is of the family {folder.Family ?? "unknown"}, not of {string.Join(", ", Architectures.JointNetwork.Known)}.");
    }

    /// <summary>The vector of a text.</summary>
    public float[] EmbedText(string text) => Texts.Embed(text);

    /// <summary>The vector of a picture in a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is not a picture that can be read.</exception>
    /// <exception cref="NotSupportedException">The model knows no pictures.</exception>
    public float[] EmbedImage(string path) => Images.Embed(path);

    /// <summary>The vector of a picture.</summary>
    /// <exception cref="NotSupportedException">The model knows no pictures.</exception>
    public override float[] EmbedImage(Picture picture) => Images.Embed(picture);

    /// <inheritdoc/>
    public override MediaVectors EmbedImages(IReadOnlyList<string> paths, CancellationToken cancellationToken = default) =>
        Images.Embed(paths, cancellationToken);

    /// <summary>The vector of a sound.</summary>
    /// <exception cref="NotSupportedException">The model knows no sounds.</exception>
    public float[] EmbedSound(Waveform sound) => EmbedSounds([sound]).AsSpan().ToArray();

    /// <inheritdoc/>
    public override VectorMatrix EmbedSounds(IReadOnlyList<Waveform> sounds, CancellationToken cancellationToken = default) =>
        Sounds.Embed(sounds, cancellationToken);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Release(_texts);
        Release(_images);
        Release(_sounds);
    }

    // Lazy<T> asks for the annotation: it can make its value by a constructor, which is not done here.
    private static void Release<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>(Lazy<T> part)
        where T : IDisposable
    {
        if (part.IsValueCreated)
        {
            part.Value.Dispose();
        }
    }
}
