using Simile.Audio;
using Simile.Audio.Features;
using Simile.Imaging;
using Simile.Imaging.Features;
using Simile.Numerics;

namespace Simile.Models.Features;

/// <summary>
/// Features of pictures or sounds as a model by name: <c>features/hog</c>, <c>features/hog(64x128,9)</c>, and several side by side,
/// <c>features/hog+color</c>.
/// </summary>
/// <remarks>
/// Needs no files. <see cref="Name"/> says every option that changes the numbers, so that a store knows which vectors it holds. Of several
/// features each is brought to length 1 before, so that each counts the same. Thread-safe.
/// </remarks>
public sealed class FeatureModel : MultimodalModel
{
    private const string Prefix = "features/";
    private static readonly string[] OfSounds = ["mfcc", "chroma", "spectral"];

    private readonly PictureFeature[] _pictures;
    private readonly SoundFeature[] _sounds;

    private FeatureModel(PictureFeature[] pictures, SoundFeature[] sounds)
    {
        (_pictures, _sounds) = (pictures, sounds);
        Name = Prefix
            + string.Join('+', pictures.Length > 0 ? pictures.Select(feature => feature.Name) : sounds.Select(feature => feature.Name));
        Dimensions = pictures.Length > 0 ? pictures.Sum(feature => feature.Dimensions) : sounds.Sum(feature => feature.Dimensions);
        Kinds = [pictures.Length > 0 ? MediaKind.Image : MediaKind.Sound];
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override int Dimensions { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<MediaKind> Kinds { get; }

    /// <inheritdoc/>
    public override TextEmbedder Texts => throw Unknown(MediaKind.Text);

    /// <inheritdoc/>
    public override string? PicturePreparation => Knows(MediaKind.Image) ? "as the feature's options say" : null;

    /// <summary>Whether a name is one of features, and of no folder.</summary>
    public static bool Is(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith(Prefix, StringComparison.Ordinal) && name.Length > Prefix.Length && !Path.Exists(name);
    }

    /// <summary>The features of a name.</summary>
    /// <exception cref="ArgumentException">
    /// A feature or an option is not known, or features of pictures and of sounds are mixed.
    /// </exception>
    public static new FeatureModel Load(string name)
    {
        if (!Is(name))
        {
            throw new ArgumentException(
                $"The name of features begins with {Prefix}, such as {Prefix}hog+color, not \"{name}\".", nameof(name));
        }

        var words = name[Prefix.Length..].Split('+');
        var ofSounds = words.Count(word => OfSounds.Contains(word.Split('(')[0]));
        return ofSounds == 0 ? new FeatureModel(Array.ConvertAll(words, PictureFeature.Parse), [])
            : ofSounds == words.Length ? new FeatureModel([], Array.ConvertAll(words, SoundFeature.Parse))
            : throw new ArgumentException(
                $"{name} mixes features of pictures and of sounds ({string.Join(", ", OfSounds)}), which no file has both of.",
                nameof(name));
    }

    /// <summary>The numbers of a picture as the feature gives them: not brought to length 1 where there is one feature.</summary>
    public float[] Compute(Picture picture)
    {
        Require(MediaKind.Image);
        return Join(Array.ConvertAll(_pictures, feature => feature.Compute(picture)));
    }

    /// <summary>The numbers of a sound as the feature gives them: not brought to length 1 where there is one feature.</summary>
    public float[] Compute(Waveform sound)
    {
        Require(MediaKind.Sound);
        return Join(Array.ConvertAll(_sounds, feature => feature.Compute(sound)));
    }

    /// <inheritdoc/>
    public override MediaVectors EmbedImages(IReadOnlyList<string> paths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        Require(MediaKind.Image);
        var (vectors, refusals) = (new VectorMatrix(paths.Count, Dimensions), new RefusedFile?[paths.Count]);
        EachCore.Run(paths.Count, i => refusals[i] = Refusal(paths[i], i, vectors), cancellationToken);
        return MediaVectors.Without(refusals, vectors);
    }

    /// <inheritdoc/>
    public override float[] EmbedImage(Picture picture) => VectorMath.Normalize(Compute(picture));

    /// <inheritdoc/>
    public override VectorMatrix EmbedSounds(IReadOnlyList<Waveform> sounds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sounds);
        var vectors = new VectorMatrix(sounds.Count, Dimensions);
        EachCore.Run(sounds.Count, i => VectorMath.Normalize(Compute(sounds[i])).CopyTo(vectors[i]), cancellationToken);
        return vectors;
    }

    /// <inheritdoc/>
    public override string DefaultTemplate(MediaKind kind) => LabelTemplate.Place;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
    }

    private RefusedFile? Refusal(string path, int index, VectorMatrix vectors)
    {
        try
        {
            EmbedImage(Picture.Load(path)).CopyTo(vectors[index]);
            return null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new RefusedFile(index, path, e.Message.Contains(path, StringComparison.Ordinal) ? e.Message : $"{path}: {e.Message}");
        }
    }

    private static float[] Join(float[][] parts) => parts is [var only] ? only : [.. parts.SelectMany(part => VectorMath.Normalize(part))];
}
