using System.Diagnostics.CodeAnalysis;
using Simile.Audio;
using Simile.Imaging;
using Simile.Numerics;

namespace Simile.Models;

/// <summary>
/// A dual encoder trained by contrast: CLIP (Radford et al. 2021) and SigLIP (Zhai et al. 2023) for texts and pictures,
/// CLAP (Wu et al. 2023) for texts and sounds.
/// </summary>
/// <remarks>Thread-safe. Each tower is loaded on first use. Owns the towers: dispose it. Vectors have length 1.</remarks>
public sealed partial class ClipModel : MultimodalModel
{
    private readonly DualEncoderFolder _folder;
    private readonly Lazy<TextEmbedder> _texts;
    private readonly Lazy<ImageEmbedder> _images;
    private readonly Lazy<SoundEmbedder> _sounds;

    private ClipModel(string name, DualEncoderFolder folder)
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
    public override IReadOnlyList<MediaKind> Kinds =>
        _folder.Family == "clap" ? [MediaKind.Text, MediaKind.Sound] : [MediaKind.Text, MediaKind.Image];

    /// <inheritdoc/>
    public override TextEmbedder Texts => _texts.Value;

    /// <summary>The picture tower with its processor. Owned by the model: do not dispose it.</summary>
    /// <exception cref="NotSupportedException">The model has no picture tower.</exception>
    public ImageEmbedder Images => Knows(MediaKind.Image) ? _images.Value : throw Unknown(MediaKind.Image);

    /// <summary>The sound tower with its extractor. Owned by the model: do not dispose it.</summary>
    /// <exception cref="NotSupportedException">The model has no sound tower.</exception>
    public SoundEmbedder Sounds => Knows(MediaKind.Sound) ? _sounds.Value : throw Unknown(MediaKind.Sound);

    /// <summary>The factor that turns a cosine into a logit: the inverse of the training temperature, about 100.</summary>
    public float LogitScale { get; }

    /// <summary>The factor if pictures (or sounds) are ranked for a text. Differs only in CLAP.</summary>
    public float TextLogitScale { get; }

    /// <summary>Added to the logit. 0 except for SigLIP.</summary>
    public float LogitBias { get; }

    /// <summary>Whether a pair's probability is the sigmoid of its logit (SigLIP), not a softmax over candidates.</summary>
    public bool JudgesPairs => _folder.Family is "siglip" or "siglip2";

    /// <summary>Reads a dual encoder (CLIP, SigLIP and similar) with its tokenizer and picture processor from disk.</summary>
    /// <param name="model">
    /// A folder in the layout of transformers or sentence-transformers, or the name of a model in the hub's cache.
    /// </param>
    /// <exception cref="DirectoryNotFoundException">The model does not exist.</exception>
    /// <exception cref="FileNotFoundException">The folder lacks a file.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    /// <exception cref="NotSupportedException">The model is of another family.</exception>
    public static new ClipModel Load(string model)
    {
        var (name, resize) = PictureResize.Split(model);
        var folder = DualEncoderFolder.Find(name);
        if (resize is not null && folder.Family == "clap")
        {
            throw new NotSupportedException($"The model {name} does not embed pictures, so its name must not contain a resize.");
        }

        return Architectures.DualEncoderNetwork.Knows(folder.Family) ? new ClipModel(model, folder)
            : throw new NotSupportedException(
                $"{model} is not a dual encoder of texts and pictures or sounds: its family is {folder.Family ?? "unknown"}, "
                + $"not one of {string.Join(", ", Architectures.DualEncoderNetwork.Known)}.");
    }

    /// <summary>The vector of a text.</summary>
    public float[] EmbedText(string text) => Texts.Embed(text);

    /// <summary>The vector of a picture file.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is not a readable picture.</exception>
    /// <exception cref="NotSupportedException">The model has no picture tower.</exception>
    public float[] EmbedImage(string path) => Images.Embed(path);

    /// <summary>The vector of a picture.</summary>
    /// <exception cref="NotSupportedException">The model has no picture tower.</exception>
    public override float[] EmbedImage(Picture picture) => Images.Embed(picture);

    /// <inheritdoc/>
    public override MediaVectors EmbedImages(IReadOnlyList<string> paths, CancellationToken cancellationToken = default) =>
        Images.Embed(paths, cancellationToken);

    /// <summary>The vector of a sound.</summary>
    /// <exception cref="NotSupportedException">The model has no sound tower.</exception>
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

    // Lazy<T> needs the annotation because it could use a constructor, which does not happen here.
    private static void Release<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>(Lazy<T> part)
        where T : IDisposable
    {
        if (part.IsValueCreated)
        {
            part.Value.Dispose();
        }
    }
}
