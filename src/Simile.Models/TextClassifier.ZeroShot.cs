using Simile.Numerics;
using Simile.Tokenizers;

namespace Simile.Models;

/// <content>Labels that the model was not trained for.</content>
public sealed partial class TextClassifier
{
    private const string Place = "{}";

    /// <summary>The usual sentence around a label in zero-shot classification.</summary>
    public const string DefaultTemplate = "This example is {}.";

    /// <summary>Whether the model decides if one text follows from another (NLI): one of its labels begins with "entail".</summary>
    public bool IsEntailment => Entailment >= 0 && Labels.Count > 1;

    private int Entailment => Labels.ToList().FindIndex(label => label.StartsWith("entail", StringComparison.OrdinalIgnoreCase));

    // As the reference has it: the first output, or the last if entailment is the first.
    private int Contradiction => Entailment == 0 ? Labels.Count - 1 : 0;

    /// <summary>
    /// The probabilities of any labels for texts (Yin et al. 2019): does "This example is LABEL." follow from the text? Row i belongs to
    /// text i, column j to label j.
    /// </summary>
    /// <param name="texts">The texts.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="template">A sentence with {} at the place of the label.</param>
    /// <param name="several">
    /// Whether several labels may apply: then each is judged alone, entailment against contradiction. Otherwise one applies, and a row has
    /// the sum 1.
    /// </param>
    /// <param name="progress">Optional progress callback: finished pairs of a text and a label.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="ArgumentException">A text is null, there are no labels, or the template has no {}.</exception>
    /// <exception cref="NotSupportedException">The model is not one of entailment.</exception>
    public VectorMatrix ClassifyBy(
        IReadOnlyList<string> texts,
        IReadOnlyList<string> labels,
        string template = DefaultTemplate,
        bool several = false,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        RequireTexts(texts, nameof(texts));
        RequireTexts(labels, nameof(labels));
        ArgumentNullException.ThrowIfNull(template);
        RequireEntailment(labels, template);
        var hypotheses = labels.Select(label => template.Replace(Place, label, StringComparison.Ordinal)).ToArray();
        var tokenizer = _head.Tokenizer.With(new Truncation(MaxSequenceLength) { Strategy = TruncationStrategy.OnlyFirst }, null);
        var logits = Logits(
            texts.Count * labels.Count,
            i => tokenizer.Encode(texts[i / labels.Count], hypotheses[i % labels.Count]),
            progress,
            cancellationToken);
        return Compare(logits, texts.Count, labels.Count, several || labels.Count == 1);
    }

    private VectorMatrix Compare(VectorMatrix logits, int texts, int labels, bool alone)
    {
        var rows = new VectorMatrix(texts, labels);
        for (var i = 0; i < logits.Count; i++)
        {
            var (entails, contradicts) = (logits[i][Entailment], logits[i][Contradiction]);
            rows[i / labels][i % labels] = alone ? 1 / (1 + MathF.Exp(contradicts - entails)) : entails;
        }

        for (var i = 0; i < texts && !alone; i++)
        {
            Softmax.Of(rows[i], rows[i]);
        }

        return rows;
    }

    private void RequireEntailment(IReadOnlyList<string> labels, string template)
    {
        if (!IsEntailment)
        {
            throw new NotSupportedException(
                $"{Name} has the labels {string.Join(", ", Labels)}, so it knows no others: "
                + "for labels of your own use a model of entailment (NLI), one of whose labels is \"entailment\".");
        }

        if (labels.Count == 0 || !template.Contains(Place, StringComparison.Ordinal))
        {
            throw new ArgumentException(
                labels.Count == 0
                    ? "There are no labels to choose from."
                    : $"The template \"{template}\" has no {{}} at the place of the label.",
                nameof(labels));
        }
    }
}
