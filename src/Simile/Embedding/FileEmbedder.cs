using Simile.Numerics;

namespace Simile.Embedding;

/// <summary>A file with the one vector that stands for it, or the reason why it has none.</summary>
/// <param name="Path">The file as it was named.</param>
/// <param name="Kind">What its name says that it holds.</param>
/// <param name="Vector">Of a sound in parts the mean, brought to length 1. Null where the file is refused.</param>
/// <param name="Refusal">Why the file has no vector, in a sentence; null where it has one.</param>
public sealed record FileVector(string Path, MediaKind Kind, float[]? Vector, string? Refusal)
{
    /// <summary>Whether a text was longer than the model takes, so that only its beginning has a part in the vector.</summary>
    public bool IsCut { get; init; }
}

/// <summary>Embeds whole files of texts, pictures and sounds with one vector each.</summary>
public static class FileEmbedder
{
    /// <summary>The vectors of files of any kinds, in their order. Files of one kind go through the network together; a file that cannot be read is refused and the rest is done.</summary>
    /// <param name="model">Makes the vectors.</param>
    /// <param name="paths">The files.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public static async Task<FileVector[]> EmbedAsync(JointModel model, IReadOnlyList<string> paths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(paths);
        var files = new FileVector[paths.Count];
        foreach (var group in Enumerable.Range(0, paths.Count).GroupBy(i => FileContent.Kind(paths[i])))
        {
            var rows = group.ToArray();
            var embedded = await EmbedKindAsync(model, group.Key, Array.ConvertAll(rows, row => paths[row]), cancellationToken).ConfigureAwait(false);
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
    public static async Task<float[]> EmbedAsync(JointModel model, MediaKind kind, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(path);
        model.Require(kind);
        var files = await EmbedKindAsync(model, kind, [path], cancellationToken).ConfigureAwait(false);
        return files[0].Vector ?? throw new InvalidDataException(files[0].Refusal);
    }

    /// <summary>The vector that stands for a sound in parts, or for one part alone: the mean, brought to length 1.</summary>
    internal static float[] Pool(IReadOnlyList<ReadOnlyMemory<float>> parts)
    {
        var sum = parts[0].ToArray();
        foreach (var part in parts.Skip(1))
        {
            VectorMath.Add(sum, part.Span, sum);
        }

        return parts.Count == 1 ? sum : VectorMath.Normalize(sum);
    }

    private static async Task<FileVector[]> EmbedKindAsync(JointModel model, MediaKind kind, string[] paths, CancellationToken cancellationToken)
    {
        if (!model.Knows(kind))
        {
            return Array.ConvertAll(paths, path => new FileVector(path, kind, null, $"{path}: it is a {kind.Name()}, of which the model makes no vectors"));
        }

        if (kind == MediaKind.Text)
        {
            return await Task.Run(() => Array.ConvertAll(paths, path => EmbedText(model, path, cancellationToken)), cancellationToken).ConfigureAwait(false);
        }

        var embedded = await CorpusModel.Create(model).EmbedFilesAsync(kind, paths, cancellationToken).ConfigureAwait(false);
        return [.. embedded.Select((file, i) => new FileVector(paths[i], kind, file.Refusal is null ? Pool([.. file.Parts.Select(part => part.Vector)]) : null, file.Refusal))];
    }

    private static FileVector EmbedText(JointModel model, string path, CancellationToken cancellationToken)
    {
        try
        {
            var embedded = model.Texts.EmbedWithUsage([FileContent.ReadText(path)], cancellationToken: cancellationToken);
            return new FileVector(path, MediaKind.Text, embedded.Vectors.AsSpan().ToArray(), null) { IsCut = embedded.CutTexts.Count > 0 };
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return new FileVector(path, MediaKind.Text, null, e.Message);
        }
    }
}
