using Simile.Numerics;

namespace Simile.Models;

/// <content>Zero-shot classification (Radford et al. 2021, section 3.1).</content>
public abstract partial class MultimodalModel
{
    /// <summary>
    /// The vectors of labels: the mean of the label's vectors in each template, normalized to length 1. Row i belongs to label i.
    /// </summary>
    /// <param name="labels">Class names.</param>
    /// <param name="templates">Sentences with <c>{}</c> in place of the label; empty for the model's <see cref="DefaultTemplate"/>.</param>
    /// <param name="searched">The kind of media to classify.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="ArgumentException">A template has no <c>{}</c>, or there are no labels.</exception>
    public VectorMatrix EmbedLabels(
        IReadOnlyList<string> labels, IReadOnlyList<string> templates, MediaKind searched, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(templates);
        if (labels.Count == 0)
        {
            throw new ArgumentException("There are no labels to choose from.", nameof(labels));
        }

        var sentences = templates.Count == 0 ? [DefaultTemplate(searched)] : templates;
        LabelTemplate.Require(sentences);
        var texts = Texts.Embed(
            [.. labels.SelectMany(label => sentences.Select(template => LabelTemplate.Fill(template, label)))],
            cancellationToken: cancellationToken);
        var vectors = new VectorMatrix(labels.Count, Dimensions);
        for (var i = 0; i < labels.Count; i++)
        {
            QueryVector(Mean(texts, i * sentences.Count, sentences.Count), MediaKind.Text, searched).CopyTo(vectors[i]);
        }

        return vectors;
    }

    /// <summary>The probability of each label.</summary>
    /// <param name="vector">The vector to classify.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="labels">The vectors from <see cref="EmbedLabels"/> for that kind.</param>
    /// <returns>One probability per label.</returns>
    /// <exception cref="ArgumentException">The vector's length differs from the labels' vectors.</exception>
    public float[] Classify(ReadOnlySpan<float> vector, MediaKind kind, VectorMatrix labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var scores = new float[labels.Count];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = VectorMath.Cosine(vector, labels[i]);
        }

        Probabilities(scores, kind);
        return scores;
    }

    private static float[] Mean(VectorMatrix vectors, int start, int count)
    {
        var mean = new float[vectors.Dimensions];
        for (var i = start; i < start + count; i++)
        {
            var vector = vectors[i].ToArray();
            Pooling.Normalize(vector);
            VectorMath.Add(mean, vector, mean);
        }

        Pooling.Normalize(mean);
        return mean;
    }
}
