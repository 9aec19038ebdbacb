using System.Numerics.Tensors;
using System.Text;
using Simile.Models.Checkpoints;
using Simile.Models.Words;

namespace Simile.Models;

/// <summary>One answer of a classifier.</summary>
/// <param name="Label">The label without the prefix __label__.</param>
/// <param name="Probability">From 0 to 1.</param>
public readonly record struct LabelProbability(string Label, float Probability);

/// <summary>
/// A text classifier in fastText's format (Joulin et al. 2017): trained here, or a .bin file written by fastText's own tool.
/// </summary>
/// <remarks>Thread-safe. The file stays memory-mapped until the object is disposed.</remarks>
public sealed class FastTextClassifier : IDisposable
{
    private readonly FastTextFile _file;
    private readonly Dictionary<string, int> _rows;
    private readonly HuffmanTree? _tree;

    private FastTextClassifier(FastTextFile file)
    {
        _file = file;
        _rows = new Dictionary<string, int>(file.WordCount, StringComparer.Ordinal);
        for (var row = 0; row < file.WordCount; row++)
        {
            _rows.TryAdd(file.Words[row], row);
        }

        _tree = file.Header.Loss == 1 ? new HuffmanTree(file.Counts[file.WordCount..]) : null;
        Labels = [.. file.Labels.Select(label => label.StartsWith(FastTextFeatures.LabelPrefix, StringComparison.Ordinal)
            ? label[FastTextFeatures.LabelPrefix.Length..]
            : label)];
    }

    /// <summary>The labels, most frequent first.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Loads a model.</summary>
    /// <param name="path">A .bin file from fastText's supervised mode.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or is not a classifier.</exception>
    /// <exception cref="NotSupportedException">It is quantized (.ftz).</exception>
    public static FastTextClassifier Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                $"{(Directory.Exists(path) ? $"{path} is a folder" : $"There is no file {path}")}: "
                + "name a model of fastText's supervised mode.",
                path);
        }

        var mapped = new MappedFile(path);
        try
        {
            var file = FastTextHeader.IsLikely(WordFile.First(mapped))
                ? FastTextFile.Open(mapped, path)
                : throw new InvalidDataException($"{path} is not a fastText model.");
            return file.Header.Model == 3 && file.Labels.Count > 0 && file.OutputRows == file.Labels.Count ? new FastTextClassifier(file)
                : throw new InvalidDataException(
                    $"{path} has no labels, or not one row per label: it is not a classifier. "
                    + "For files of word vectors use \"simile words nearest\".");
        }
        catch
        {
            mapped.Dispose();
            throw;
        }
    }

    /// <summary>The most probable labels of a text, most probable first.</summary>
    /// <param name="text">A text, preprocessed in the same way as the training texts.</param>
    /// <param name="k">How many at most, at least 1.</param>
    /// <returns>Empty if the model knows no word of the text.</returns>
    public IReadOnlyList<LabelProbability> Predict(string text, int k = 1)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        var rows = RowsOf(text);
        if (rows.Count == 0)
        {
            return [];
        }

        var hidden = new float[_file.Header.Dimensions];
        foreach (var row in rows)
        {
            WeightedRow.Add(_file.Row(row), 1f / rows.Count, hidden);
        }

        var probabilities = Probabilities(hidden);
        return [.. probabilities.Select((probability, i) => new LabelProbability(Labels[i], probability))
            .OrderByDescending(label => label.Probability)
            .Take(k)];
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private List<long> RowsOf(string text)
    {
        var (rows, buckets, hashes) = (new List<long>(), new List<int>(), new List<int>());
        foreach (var word in text.Split([' ', '\t', '\n', '\r', '\v', '\f', '\0'], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => !word.StartsWith(FastTextFeatures.LabelPrefix, StringComparison.Ordinal))
            .Append(FastTextFeatures.EndOfLine))
        {
            if (_rows.TryGetValue(word, out var row))
            {
                rows.Add(row);
            }

            if (word != FastTextFeatures.EndOfLine)
            {
                _file.Subwords.Add(Encoding.UTF8.GetBytes(word), buckets);
            }

            hashes.Add(FastTextFeatures.Hash(word));
        }

        if (_file.Header.Buckets > 0)
        {
            FastTextFeatures.AddRuns(hashes.ToArray(), _file.Header.WordNgrams, _file.Header.Buckets, buckets);
        }

        rows.AddRange(buckets.Select(_file.RowOf).Where(row => row >= 0));
        return rows;
    }

    private float[] Probabilities(float[] hidden)
    {
        if (_tree is { } tree)
        {
            return [.. Enumerable.Range(0, Labels.Count).Select(label => Path(tree, label, hidden))];
        }

        var scores = new float[Labels.Count];
        for (var label = 0; label < scores.Length; label++)
        {
            scores[label] = TensorPrimitives.Dot(_file.OutputRow(label), hidden);
        }

        if (_file.Header.Loss == 3)
        {
            TensorPrimitives.SoftMax(scores, scores);
        }
        else
        {
            TensorPrimitives.Sigmoid(scores, scores);
        }

        return scores;
    }

    private float Path(HuffmanTree tree, int label, float[] hidden)
    {
        var probability = 1f;
        for (var i = 0; i < tree.Nodes[label].Length; i++)
        {
            var right = 1 / (1 + MathF.Exp(-TensorPrimitives.Dot(_file.OutputRow(tree.Nodes[label][i]), hidden)));
            probability *= tree.Codes[label][i] ? right : 1 - right;
        }

        return probability;
    }
}
