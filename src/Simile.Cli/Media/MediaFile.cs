using Simile.Indexing;
using Simile.Models;
using Simile.Numerics;

namespace Simile.Cli;

/// <summary>A file with the one vector that stands for it: of a sound in parts their mean. What cannot be read has a reason in its place.</summary>
internal sealed record MediaFile(string Path, MediaKind Kind, float[]? Vector, string Refusal)
{
    /// <summary>The kind that a file's name tells.</summary>
    public static MediaKind KindOf(string path) => FileContent.Kind(path) switch
    {
        ItemKind.Image => MediaKind.Image,
        ItemKind.Sound => MediaKind.Sound,
        _ => MediaKind.Text,
    };

    /// <summary>What a store calls a kind.</summary>
    public static ItemKind ItemOf(MediaKind kind) => kind switch
    {
        MediaKind.Image => ItemKind.Image,
        MediaKind.Sound => ItemKind.Sound,
        _ => ItemKind.Passage,
    };

    /// <summary>Embeds files of any kinds, in their order; those of a kind go through the network together.</summary>
    public static MediaFile[] Embed(JointModel model, IReadOnlyList<string> paths, CancellationToken stop)
    {
        var files = new MediaFile[paths.Count];
        foreach (var group in Enumerable.Range(0, paths.Count).GroupBy(i => KindOf(paths[i])))
        {
            var rows = group.ToArray();
            var embedded = Embed(model, group.Key, Array.ConvertAll(rows, row => paths[row]), stop);
            for (var i = 0; i < rows.Length; i++)
            {
                files[rows[i]] = embedded[i];
            }
        }

        return files;
    }

    /// <summary>The vector of one file that is meant to be of a kind, whatever its name says.</summary>
    /// <exception cref="NotSupportedException">The model does not know the kind.</exception>
    /// <exception cref="InvalidDataException">The file cannot be read.</exception>
    public static float[] Embed(JointModel model, MediaKind kind, string path, CancellationToken stop)
    {
        model.Require(kind);
        return Embed(model, kind, [path], stop)[0] switch
        {
            { Vector: { } vector } => vector,
            var file => throw new InvalidDataException(file.Refusal),
        };
    }

    private static MediaFile[] Embed(JointModel model, MediaKind kind, string[] paths, CancellationToken stop)
    {
        if (!model.Knows(kind))
        {
            var what = kind == MediaKind.Image ? "a picture" : kind == MediaKind.Sound ? "a sound" : "a text";
            return Array.ConvertAll(paths, path => new MediaFile(path, kind, null, $"{path}: it is {what}, of which the model makes no vectors"));
        }

        if (kind == MediaKind.Text)
        {
            return Array.ConvertAll(paths, path => EmbedText(model, path, stop));
        }

        IMediaEmbedder embedder = kind == MediaKind.Image ? new ImageFiles(model) : new SoundFiles(model);
        return [.. embedder.Embed(paths, stop).Select((file, i) => new MediaFile(paths[i], kind, file.Refusal is null ? Mean(file.Parts) : null, file.Refusal ?? string.Empty))];
    }

    private static MediaFile EmbedText(JointModel model, string path, CancellationToken stop)
    {
        try
        {
            return new MediaFile(path, MediaKind.Text, model.Texts.Embed([FileContent.ReadText(path)], cancellationToken: stop).AsSpan().ToArray(), string.Empty);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return new MediaFile(path, MediaKind.Text, null, e.Message);
        }
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
