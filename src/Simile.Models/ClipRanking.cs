namespace Simile.Models;

/// <summary>How well each of several pictures (or sounds) and each of several texts go together.</summary>
/// <param name="Logits">[picture][text]: the scaled cosines, what the reference calls logits_per_image.</param>
/// <param name="Probabilities">[picture][text]: the softmax over the texts, or for SigLIP the sigmoid of each.</param>
public sealed record ClipRanking(IReadOnlyList<float[]> Logits, IReadOnlyList<float[]> Probabilities)
{
    /// <summary>[text][picture]: what the reference calls logits_per_text. For CLIP and SigLIP the same numbers, turned; CLAP scales them by a factor of their own.</summary>
    public IReadOnlyList<float[]> TextLogits { get; init; } = [];

    /// <summary>[text][picture]: the softmax over the pictures for each text, or for SigLIP the sigmoid of each.</summary>
    public IReadOnlyList<float[]> TextProbabilities { get; init; } = [];
}
