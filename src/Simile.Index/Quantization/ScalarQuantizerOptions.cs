namespace Simile.Index.Quantization;

/// <summary>How a <see cref="ScalarQuantizer"/> rounds components.</summary>
public sealed record ScalarQuantizerOptions
{
    /// <summary>Bits of a component, 4 or 8: 16 or 256 steps.</summary>
    public int Bits { get; init; } = 8;

    /// <summary>What the steps span.</summary>
    public ScalarRanges Ranges { get; init; }

    /// <summary>Share of the components seen that a range reaches, above 0.5 and at most 1; what lies beyond is cut to its end. Null: all with 8 bits, 99.5 % with 4, whose steps are worth more than their reach.</summary>
    public double? Covered { get; init; }

    /// <summary>Most vectors that are trained on, at least 256; more are sampled.</summary>
    public int TrainingVectors { get; init; } = 32_768;

    /// <summary>Begins the random numbers that draw the sample.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Refuses what makes no sense.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the sentence says which and why.</exception>
    internal void Validate()
    {
        if (Bits is not (4 or 8))
        {
            throw new ArgumentException($"Components of {Bits} bits are not made: ask for 4 or 8.");
        }

        if (!Enum.IsDefined(Ranges))
        {
            throw new ArgumentException($"There are no ranges {Ranges}: ask for {ScalarRanges.PerDimension} or {ScalarRanges.Symmetric}.");
        }

        if (Covered is { } share && !(share is > 0.5 and <= 1))
        {
            throw new ArgumentException($"A range that reaches {share} of the components makes no code: ask for more than 0.5 and at most 1.");
        }

        if (TrainingVectors < 256)
        {
            throw new ArgumentException($"{TrainingVectors} vectors say little of ranges: ask for at least 256.");
        }
    }
}

/// <summary>What the steps of a component span.</summary>
public enum ScalarRanges
{
    /// <summary>From the least to the greatest, each dimension for itself: right where dimensions vary by different amounts.</summary>
    PerDimension,

    /// <summary>From minus to plus the greatest absolute value of all dimensions: zero is a middle, and vectors turned by a random rotation lose nothing by it.</summary>
    Symmetric,
}
