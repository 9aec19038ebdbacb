namespace Simile.Index.Quantization;

/// <summary>Whether a <see cref="BinaryQuantizer"/> rotates vectors before it takes signs, and how many vectors train it.</summary>
public sealed record BinaryQuantizerOptions
{
    /// <summary>
    /// Whether to rotate vectors randomly first, so that every bit carries equal information. Unnecessary only if dimensions already vary
    /// alike.
    /// </summary>
    public bool Rotate { get; init; } = true;

    /// <summary>Maximum number of training vectors, at least 256. From more, a sample is drawn.</summary>
    public int TrainingVectors { get; init; } = 32_768;

    /// <summary>The random seed. The same seed and vectors give the same codes.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Throws if the options are invalid.</summary>
    /// <exception cref="ArgumentException">An option is out of range. The message names it and the reason.</exception>
    internal void Validate()
    {
        if (TrainingVectors < 256)
        {
            throw new ArgumentException($"The number of training vectors is {TrainingVectors}, but must be at least 256.");
        }
    }
}
