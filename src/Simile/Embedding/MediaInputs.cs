using Simile.Numerics;

namespace Simile.Embedding;

/// <summary>Texts, pictures and sounds with their vectors, so that any two of them can be compared.</summary>
public sealed class MediaInputs
{
    private readonly MultimodalModel _model;
    private readonly MediaKind[] _kinds;
    private readonly float[][] _vectors;

    private MediaInputs(MultimodalModel model, IReadOnlyList<string> names, MediaKind[] kinds, float[][] vectors) =>
        (_model, Names, _kinds, _vectors) = (model, names, kinds, vectors);

    /// <summary>The texts, and the names of the files.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of texts that were truncated to the model's maximum length.</summary>
    public int CutTexts { get; private init; }

    /// <summary>Whether an argument is the name of an existing picture or sound file. Any other argument is a text.</summary>
    public static bool IsMedia(string word) => FileContent.Kind(word) != MediaKind.Text && File.Exists(word);

    /// <summary>Embeds each argument: a text itself, or the picture or sound file that it names.</summary>
    /// <exception cref="InvalidDataException">A file cannot be read.</exception>
    /// <exception cref="NotSupportedException">The model does not embed one of the kinds.</exception>
    public static async Task<MediaInputs> EmbedAsync(
        MultimodalModel model, IReadOnlyList<string> words, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(words);
        MediaKind[] kinds = [.. words.Select(word => IsMedia(word) ? FileContent.Kind(word) : MediaKind.Text)];
        var texts = words.Where((_, i) => kinds[i] == MediaKind.Text).ToArray();
        var rows = texts.Length == 0
            ? null
            : await Task.Run(
                () => model.Texts.EmbedWithUsage(texts, cancellationToken: cancellationToken), cancellationToken).ConfigureAwait(false);
        var (vectors, next) = (new float[words.Count][], 0);
        for (var i = 0; i < vectors.Length; i++)
        {
            vectors[i] = kinds[i] == MediaKind.Text
                ? rows!.Vectors[next++].ToArray()
                : await FileEmbedder.EmbedAsync(model, kinds[i], words[i], cancellationToken).ConfigureAwait(false);
        }

        return new MediaInputs(model, words, kinds, vectors) { CutTexts = rows?.CutTexts.Count ?? 0 };
    }

    /// <summary>Embeds files with one vector each: whole texts, pictures, sounds.</summary>
    /// <exception cref="InvalidDataException">A file cannot be read, or the model does not embed its kind.</exception>
    public static async Task<MediaInputs> EmbedFilesAsync(
        MultimodalModel model, IReadOnlyList<string> paths, CancellationToken cancellationToken = default)
    {
        var files = await FileEmbedder.EmbedAsync(model, paths, cancellationToken).ConfigureAwait(false);
        var vectors = Array.ConvertAll(files, file => file.Vector ?? throw new InvalidDataException(file.Refusal));
        return new MediaInputs(model, paths, Array.ConvertAll(files, file => file.Kind), vectors)
        {
            CutTexts = files.Count(file => file.IsCut),
        };
    }

    /// <summary>The similarity of two items: the cosine, calibrated if their kinds differ. Symmetric.</summary>
    public float Score(int a, int b)
    {
        if (_kinds[a] == _kinds[b])
        {
            return Metric.Cosine.Score(_vectors[a], _vectors[b]);
        }

        // A text is always the query, whichever comes first, so that the score is symmetric.
        var (query, other) = _kinds[a] < _kinds[b] ? (a, b) : (b, a);
        return _model.Comparable(
            Metric.Cosine.Score(_model.QueryVector(_vectors[query], _kinds[query], _kinds[other]), _vectors[other]),
            _kinds[query],
            _kinds[other]);
    }
}
