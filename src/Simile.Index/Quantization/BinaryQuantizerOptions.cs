namespace Simile.Index.Quantization;

/// <summary>How a <see cref="BinaryQuantizer"/> makes bits.</summary>
public sealed record BinaryQuantizerOptions
{
    /// <summary>Whether vectors are turned at random first, so that every bit tells as much as the others: right unless dimensions vary alike already.</summary>
    public bool Rotate { get; init; } = true;

    /// <summary>Most vectors that are trained on, at least 256; more are sampled.</summary>
    public int TrainingVectors { get; init; } = 32_768;

    /// <summary>Begins the random numbers: the same seed and vectors give the same codes.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Refuses what makes no sense.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the sentence says which and why.</exception>
    internal void Validate()
    {
        if (TrainingVectors < 256)
        {
            throw new ArgumentException($"{TrainingVectors} vectors say little of where a bit should change: ask for at least 256.");
        }
    }
}
