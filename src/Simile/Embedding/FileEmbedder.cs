using Simile.Numerics;

namespace Simile.Embedding;

/// <summary>A file with its single vector, or the reason why it has none.</summary>
/// <param name="Path">The path as it was given.</param>
/// <param name="Kind">The media kind by its name.</param>
/// <param name="Vector">For a sound in parts, the normalized mean. Null if the file is refused.</param>
/// <param name="Refusal">The reason why the file has no vector, as a sentence; otherwise null.</param>
public sealed record FileVector(string Path, MediaKind Kind, float[]? Vector, string? Refusal)
{
    /// <summary>Whether a text was truncated to the model's maximum length.</summary>
    public bool IsCut { get; init; }
}

/// <summary>Embeds whole files of texts, pictures and sounds with one vector each.</summary>
public static class FileEmbedder
{
    /// <summary>
    /// The vectors of files of any kinds in order. Files of one kind are embedded as a batch. Unreadable files are refused; the rest is
    /// embedded.
    /// </summary>
    /// <param name="model">The embedding model.</param>
    /// <param name="paths">The files.</param>
    /// <param name="cancellationToken">Checked between batches.</param>
    public static async Task<FileVector[]> EmbedAsync(
        MultimodalModel model, IReadOnlyList<string> paths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(paths);
        var files = new FileVector[paths.Count];
        foreach (var group in Enumerable.Range(0, paths.Count).GroupBy(i => FileContent.Kind(paths[i])))
        {
            var rows = group.ToArray();
            var embedded = await EmbedKindAsync(
                model, group.Key, Array.ConvertAll(rows, row => paths[row]), cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < rows.Length; i++)
            {
                files[rows[i]] = embedded[i];
            }
        }

        return files;
    }

    /// <summary>The vector of one file of a given kind, whatever its name says.</summary>
    /// <exception cref="NotSupportedException">The model does not embed the kind.</exception>
    /// <exception cref="InvalidDataException">The file cannot be read.</exception>
    public static async Task<float[]> EmbedAsync(
        MultimodalModel model, MediaKind kind, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(path);
        model.Require(kind);
        var files = await EmbedKindAsync(model, kind, [path], cancellationToken).ConfigureAwait(false);
        return files[0].Vector ?? throw new InvalidDataException(files[0].Refusal);
    }

    /// <summary>The single vector of a sound: the normalized mean of its parts.</summary>
    internal static float[] Pool(IReadOnlyList<ReadOnlyMemory<float>> parts)
    {
        var sum = parts[0].ToArray();
        foreach (var part in parts.Skip(1))
        {
            VectorMath.Add(sum, part.Span, sum);
        }

        return parts.Count == 1 ? sum : VectorMath.Normalize(sum);
    }

    private static async Task<FileVector[]> EmbedKindAsync(
        MultimodalModel model, MediaKind kind, string[] paths, CancellationToken cancellationToken)
    {
        if (!model.Knows(kind))
        {
            return Array.ConvertAll(
                paths, path => new FileVector(path, kind, null, $"{path}: it is a {kind.Name()}, which the model does not embed"));
        }

        if (kind == MediaKind.Text)
        {
            return await Task.Run(
                () => Array.ConvertAll(paths, path => EmbedText(model, path, cancellationToken)), cancellationToken).ConfigureAwait(false);
        }

        var embedded = await CorpusModel.Create(model).EmbedFilesAsync(kind, paths, cancellationToken).ConfigureAwait(false);
        return [.. embedded.Select((file, i) =>
            new FileVector(paths[i], kind, file.Refusal is null ? Pool([.. file.Parts.Select(part => part.Vector)]) : null, file.Refusal))];
    }

    private static FileVector EmbedText(MultimodalModel model, string path, CancellationToken cancellationToken)
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
