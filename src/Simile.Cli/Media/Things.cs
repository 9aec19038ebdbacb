using Simile.Models;
using Simile.Numerics;

namespace Simile.Cli;

/// <summary>Texts, and files of pictures and sounds, named on the command line, with their vectors.</summary>
internal sealed class Things
{
    private readonly JointModel _model;
    private readonly MediaKind[] _kinds;
    private readonly float[][] _vectors;

    private Things(JointModel model, string[] names, MediaKind[] kinds, float[][] vectors) => (_model, Names, _kinds, _vectors) = (model, names, kinds, vectors);

    /// <summary>The words that named them.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether a word is the name of a file of a picture or sound; any other is a text.</summary>
    public static bool IsMedia(string word) => MediaFile.KindOf(word) != MediaKind.Text && File.Exists(word);

    /// <summary>Embeds what words mean: a text itself, or the picture or sound in the file that it names.</summary>
    /// <exception cref="InvalidDataException">A file cannot be read.</exception>
    /// <exception cref="NotSupportedException">The model does not know one of the kinds.</exception>
    public static Things Embed(JointModel model, string[] words, CancellationToken stop)
    {
        var kinds = Array.ConvertAll(words, word => IsMedia(word) ? MediaFile.KindOf(word) : MediaKind.Text);
        var texts = words.Where((_, i) => kinds[i] == MediaKind.Text).ToArray();
        var rows = texts.Length > 0 ? model.Texts.Embed(texts, cancellationToken: stop) : null;
        var next = 0;
        var vectors = words.Select((word, i) => kinds[i] == MediaKind.Text ? rows![next++].ToArray() : MediaFile.Embed(model, kinds[i], word, stop));
        return new Things(model, words, kinds, [.. vectors]);
    }

    /// <summary>How alike two are: the cosine, made comparable where they are of different kinds.</summary>
    public float Score(int a, int b)
    {
        if (_kinds[a] == _kinds[b])
        {
            return Metric.Cosine.Score(_vectors[a], _vectors[b]);
        }

        // A text is what is looked for, whichever stands first, so that the score is the same both ways.
        var (query, other) = _kinds[a] < _kinds[b] ? (a, b) : (b, a);
        return _model.Comparable(Metric.Cosine.Score(_model.QueryVector(_vectors[query], _kinds[query], _kinds[other]), _vectors[other]), _kinds[query], _kinds[other]);
    }
}
