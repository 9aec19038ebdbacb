namespace Simile.Models;

/// <summary>Scores between pictures (or sounds) and texts.</summary>
/// <param name="Logits">[picture][text]: the scaled cosines, the reference's logits_per_image.</param>
/// <param name="Probabilities">[picture][text]: the softmax over the texts, or for SigLIP the sigmoid of each.</param>
public sealed record ClipRanking(IReadOnlyList<float[]> Logits, IReadOnlyList<float[]> Probabilities)
{
    /// <summary>[text][picture]: the reference's logits_per_text. For CLIP and SigLIP the transpose; CLAP uses another factor.</summary>
    public IReadOnlyList<float[]> TextLogits { get; init; } = [];

    /// <summary>[text][picture]: the softmax over the pictures for each text, or for SigLIP the sigmoid of each.</summary>
    public IReadOnlyList<float[]> TextProbabilities { get; init; } = [];
}
