using Simile.Numerics;

namespace Simile.Models;

/// <content>Classes that are told by their names alone (Radford et al. 2021, section 3.1).</content>
public abstract partial class JointModel
{
    /// <summary>The vectors of labels, row i for label i: the mean of the vectors of the label in each template, brought back to length 1.</summary>
    /// <param name="labels">The names of classes.</param>
    /// <param name="templates">Sentences with <c>{}</c> where the label goes; none for the model's <see cref="DefaultTemplate"/>.</param>
    /// <param name="searched">The kind of the things that are to be classified.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="ArgumentException">A template has no place for the label, or there are no labels.</exception>
    public VectorMatrix EmbedLabels(IReadOnlyList<string> labels, IReadOnlyList<string> templates, MediaKind searched, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(templates);
        if (labels.Count == 0)
        {
            throw new ArgumentException("There are no labels to choose from.", nameof(labels));
        }

        var sentences = templates.Count == 0 ? [DefaultTemplate(searched)] : templates;
        LabelTemplate.Require(sentences);
        var texts = Texts.Embed([.. labels.SelectMany(label => sentences.Select(template => LabelTemplate.Fill(template, label)))], cancellationToken: cancellationToken);
        var vectors = new VectorMatrix(labels.Count, Dimensions);
        for (var i = 0; i < labels.Count; i++)
        {
            QueryVector(Mean(texts, i * sentences.Count, sentences.Count), MediaKind.Text, searched).CopyTo(vectors[i]);
        }

        return vectors;
    }

    /// <summary>How probable each label is for a thing.</summary>
    /// <param name="vector">Its vector.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="labels">The vectors that <see cref="EmbedLabels"/> gave for its kind.</param>
    /// <returns>A probability for each label.</returns>
    /// <exception cref="ArgumentException">The vector has another length than the labels' vectors.</exception>
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
