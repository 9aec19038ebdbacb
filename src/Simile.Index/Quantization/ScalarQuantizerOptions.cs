namespace Simile.Index.Quantization;

/// <summary>Bits per component and the range that a <see cref="ScalarQuantizer"/> maps to them.</summary>
public sealed record ScalarQuantizerOptions
{
    /// <summary>Bits per component, 4 or 8: 16 or 256 levels.</summary>
    public int Bits { get; init; } = 8;

    /// <summary>The range of the levels.</summary>
    public ScalarRanges Ranges { get; init; }

    /// <summary>
    /// The share of training components within the range, above 0.5 and at most 1; others are clamped. Null: all with 8 bits; 99.5 % with 4
    /// bits, where finer steps matter more than a wide range.
    /// </summary>
    public double? Covered { get; init; }

    /// <summary>Maximum number of training vectors, at least 256. From more, a sample is drawn.</summary>
    public int TrainingVectors { get; init; } = 32_768;

    /// <summary>The random seed of the sample.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Throws if the options are invalid.</summary>
    /// <exception cref="ArgumentException">An option is out of range. The message names it and the reason.</exception>
    internal void Validate()
    {
        if (Bits is not (4 or 8))
        {
            throw new ArgumentException($"The number of bits is {Bits}, but must be 4 or 8.");
        }

        if (!Enum.IsDefined(Ranges))
        {
            throw new ArgumentException($"The ranges {Ranges} do not exist: use {ScalarRanges.PerDimension} or {ScalarRanges.Symmetric}.");
        }

        if (Covered is { } share && !(share is > 0.5 and <= 1))
        {
            throw new ArgumentException($"The share of components within the range is {share}, but must be above 0.5 and at most 1.");
        }

        if (TrainingVectors < 256)
        {
            throw new ArgumentException($"The number of training vectors is {TrainingVectors}, but must be at least 256.");
        }
    }
}

/// <summary>The range of a component's levels.</summary>
public enum ScalarRanges
{
    /// <summary>From the minimum to the maximum of each dimension: for dimensions with different variances.</summary>
    PerDimension,

    /// <summary>
    /// From minus to plus the largest absolute value of all dimensions: zero is representable, and randomly rotated vectors lose nothing.
    /// </summary>
    Symmetric,
}
