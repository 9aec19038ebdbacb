using Simile.Indexing;
using Simile.Models;
using Simile.Numerics;

namespace Simile.Cli;

/// <summary>One vector for a file, as something to compare others with.</summary>
internal static class MediaFile
{
    public static MediaKind Kind(ItemKind kind) => kind switch
    {
        ItemKind.Image => MediaKind.Image,
        ItemKind.Sound => MediaKind.Sound,
        _ => MediaKind.Text,
    };

    public static ItemKind Kind(MediaKind kind) => kind switch
    {
        MediaKind.Image => ItemKind.Image,
        MediaKind.Sound => ItemKind.Sound,
        _ => ItemKind.Passage,
    };

    /// <summary>The vectors of pictures or of sounds, in their order; of a sound in parts the mean. What cannot be read has no vector but a reason.</summary>
    public static (float[]? Vector, string? Refusal)[] Embed(JointModel model, MediaKind kind, IReadOnlyList<string> paths, CancellationToken stop)
    {
        IMediaEmbedder embedder = kind == MediaKind.Image ? new ImageFiles(model) : new SoundFiles(model);
        return [.. embedder.Embed(paths, stop).Select(file => file.Refusal is null ? (Mean(file.Parts), (string?)null) : (null, file.Refusal))];
    }

    /// <summary>The vector of one picture or sound.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public static float[] Embed(JointModel model, MediaKind kind, string path, CancellationToken stop)
    {
        model.Require(kind);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file {path}.");
        }

        var (vector, refusal) = Embed(model, kind, [path], stop)[0];
        return vector ?? throw new InvalidDataException(refusal);
    }

    private static float[] Mean(IReadOnlyList<EmbeddedPart> parts)
    {
        var sum = parts[0].Vector.ToArray();
        foreach (var part in parts.Skip(1))
        {
            VectorMath.Add(sum, part.Vector.Span, sum);
        }

        return parts.Count == 1 ? sum : VectorMath.Normalize(sum);
    }
}
