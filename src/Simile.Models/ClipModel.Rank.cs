using System.Numerics.Tensors;
using Simile.Imaging;
using Simile.Numerics;

namespace Simile.Models;

/// <content>Scores between texts and pictures (or sounds).</content>
public sealed partial class ClipModel
{
    /// <summary>Scores texts against pictures: the reference's logits_per_image and logits_per_text.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="images">Picture files.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="InvalidDataException">A file is not a readable picture.</exception>
    /// <exception cref="NotSupportedException">The model has no picture tower.</exception>
    public ClipRanking Rank(IReadOnlyList<string> texts, IReadOnlyList<string> images, CancellationToken cancellationToken = default)
    {
        var pictures = EmbedImages(images, cancellationToken);
        return pictures.Refused is [var first, ..] ? throw new InvalidDataException(first.Reason)
            : Rank(Texts.Embed(texts, cancellationToken: cancellationToken), pictures.Vectors);
    }

    /// <summary>Scores text vectors against vectors of pictures or sounds.</summary>
    /// <param name="texts">Vectors of texts.</param>
    /// <param name="others">Vectors of pictures or sounds.</param>
    /// <exception cref="ArgumentException">The dimensions differ.</exception>
    public ClipRanking Rank(VectorMatrix texts, VectorMatrix others)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(others);
        var logits = Logits(others, texts, LogitScale);
        var textLogits = Logits(texts, others, TextLogitScale);
        return new ClipRanking(logits, Array.ConvertAll(logits, Judge))
        {
            TextLogits = textLogits,
            TextProbabilities = Array.ConvertAll(textLogits, Judge),
        };
    }

    private float[][] Logits(VectorMatrix rows, VectorMatrix columns, float scale)
    {
        var logits = new float[rows.Count][];
        for (var i = 0; i < logits.Length; i++)
        {
            logits[i] = new float[columns.Count];
            for (var j = 0; j < columns.Count; j++)
            {
                logits[i][j] = (scale * VectorMath.Dot(rows[i], columns[j])) + LogitBias;
            }
        }

        return logits;
    }

    /// <inheritdoc/>
    public override void Probabilities(Span<float> scores, MediaKind kind)
    {
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = (LogitScale * scores[i]) + LogitBias;
        }

        Judge(scores, scores);
    }

    /// <inheritdoc/>
    public override string DefaultTemplate(MediaKind kind) => (kind, _folder.Family) switch
    {
        (MediaKind.Image, "clip") => LabelTemplate.Of(MediaKind.Image),
        (MediaKind.Image, _) => "This is a photo of {}.",
        (MediaKind.Sound, _) => "This is a sound of {}.",
        _ => LabelTemplate.Place,
    };

    private float[] Judge(float[] logits)
    {
        var probabilities = new float[logits.Length];
        Judge(logits, probabilities);
        return probabilities;
    }

    private void Judge(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        if (JudgesPairs)
        {
            TensorPrimitives.Sigmoid(logits, probabilities);
        }
        else
        {
            Softmax.Of(logits, probabilities);
        }
    }
}
