using System.Numerics.Tensors;
using Simile.Models.Text;
using Simile.Numerics;
using Simile.Tokenizers;

namespace Simile.Models;

/// <summary>
/// Classifies texts with a trained head, as …ForSequenceClassification of transformers: sentiment, topics, languages, and entailment
/// between two texts (NLI), which also classifies by any labels without training (zero-shot).
/// </summary>
/// <remarks>
/// Thread-safe. A call with many texts uses all cores. Owns the network: dispose it. The result for a text does not depend on the other
/// texts.
/// </remarks>
public sealed partial class TextClassifier : IDisposable
{
    private readonly ClassificationHead _head;
    private readonly Tokenizer _tokenizer;

    private TextClassifier(string name, ClassificationHead head, ClassifierConfig config)
    {
        (Name, _head, Labels, Scores) = (name, head, config.Labels, config.Scores);
        _tokenizer = head.Tokenizer.With(new Truncation(head.MaxSequenceLength), null);
    }

    /// <summary>The name that the model was loaded by.</summary>
    public string Name { get; }

    /// <summary>The classes, in the order of the network's outputs (id2label of config.json).</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>
    /// How outputs become probabilities: softmax if one class applies; sigmoid if several may, or if there is one output; none for a
    /// regression (problem_type of config.json).
    /// </summary>
    public ClassScores Scores { get; }

    /// <summary>Maximum length of a text or a pair in tokens, special tokens included. Longer ones are truncated.</summary>
    public int MaxSequenceLength => _head.MaxSequenceLength;

    /// <summary>Loads a model with a classification head from a folder or from the hub's cache on this machine.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder or cached model does not exist.</exception>
    /// <exception cref="FileNotFoundException">The folder lacks a file.</exception>
    /// <exception cref="InvalidDataException">
    /// A file is damaged, the network has no classification head, or the labels do not match it.
    /// </exception>
    /// <exception cref="NotSupportedException">The model is of a family that is not supported.</exception>
    public static TextClassifier Load(string model)
    {
        var folder = ModelFolder.Find(model);
        var head = ClassificationHead.Open(folder)
            ?? throw new InvalidDataException(
                $"{folder.Path} is not a classifier of texts: its network has no classification head on its encoder (BART's and T5's "
                + "follow the decoder, which is not supported). Load it as a TextEmbedder, or use a model whose config.json names a class "
                + "ending in ForSequenceClassification.");
        try
        {
            return new TextClassifier(model, head, ClassifierConfig.Read(folder, head.Labels));
        }
        catch
        {
            head.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Whether config.json of a model names a class of transformers that ends in ForSequenceClassification. False for models that are not
    /// on this machine.
    /// </summary>
    /// <exception cref="InvalidDataException">config.json is damaged.</exception>
    public static bool IsClassifier(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var path = Directory.Exists(model) ? model : HubCache.Find(model);
        return path is not null && ClassifierConfig.NamesClassifier(path);
    }

    /// <summary>The probability of each label for a text, in the order of <see cref="Labels"/>.</summary>
    public float[] Classify(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Classify([text]).AsSpan().ToArray();
    }

    /// <summary>The probabilities of the labels for texts. Row i belongs to text i, column j to label j.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="progress">Optional progress callback: finished texts.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="ArgumentException">A text is null.</exception>
    public VectorMatrix Classify(
        IReadOnlyList<string> texts, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        RequireTexts(texts, nameof(texts));
        return Activate(Logits(texts.Count, i => _tokenizer.Encode(texts[i]), progress, cancellationToken));
    }

    /// <summary>The probabilities of the labels for pairs of texts, such as a premise and a hypothesis. Row i belongs to pair i.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="progress">Optional progress callback: finished pairs.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="ArgumentException">A text is null.</exception>
    public VectorMatrix Classify(
        IReadOnlyList<(string First, string Second)> pairs, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        for (var i = 0; i < pairs.Count; i++)
        {
            _ = pairs[i] is (not null, not null)
                ? 0
                : throw new ArgumentException($"Pair {i} of {pairs.Count} has a text that is null.", nameof(pairs));
        }

        return Activate(Logits(pairs.Count, i => _tokenizer.Encode(pairs[i].First, pairs[i].Second), progress, cancellationToken));
    }

    /// <summary>The network's outputs for texts and pairs of texts, before they become probabilities. Row i belongs to input i.</summary>
    /// <param name="inputs">The texts; the second one is null where a text stands alone.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="ArgumentException">A first text is null.</exception>
    public VectorMatrix Logits(IReadOnlyList<(string First, string? Second)> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        RequireTexts([.. inputs.Select(input => input.First)], nameof(inputs));
        return Logits(inputs.Count, i => _tokenizer.Encode(inputs[i].First, inputs[i].Second), null, cancellationToken);
    }

    /// <summary>Turns the network's outputs for one text into probabilities, as <see cref="Scores"/> says.</summary>
    /// <param name="logits">One number per label. Replaced by probabilities.</param>
    public void Activate(Span<float> logits)
    {
        switch (Scores)
        {
            case ClassScores.Softmax:
                Softmax.Of(logits, logits);
                break;
            case ClassScores.Sigmoid:
                TensorPrimitives.Sigmoid(logits, logits);
                break;
        }
    }

    /// <summary>The label of the highest probability for a text.</summary>
    public (string Label, float Probability) Best(string text)
    {
        var probabilities = Classify(text);
        var best = TensorPrimitives.IndexOfMax(probabilities);
        return (Labels[best], probabilities[best]);
    }

    /// <inheritdoc/>
    public void Dispose() => _head.Dispose();

    /// <summary>The network's outputs, without activation. Row i belongs to input i.</summary>
    internal VectorMatrix Logits(int count, Func<int, Encoding> encode, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var rows = new VectorMatrix(count, Labels.Count);
        if (count > 0)
        {
            _head.Run(count, encode, (row, logits) => logits.CopyTo(rows[row]), progress, cancellationToken);
        }

        return rows;
    }

    private VectorMatrix Activate(VectorMatrix rows)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            Activate(rows[i]);
        }

        return rows;
    }

    private static void RequireTexts(IReadOnlyList<string> texts, string name)
    {
        ArgumentNullException.ThrowIfNull(texts, name);
        for (var i = 0; i < texts.Count; i++)
        {
            _ = texts[i] ?? throw new ArgumentException($"Text {i} of {texts.Count} is null: leave it out, or use an empty text.", name);
        }
    }
}
