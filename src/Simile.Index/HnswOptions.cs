namespace Simile.Index;

/// <summary>Degree, beam widths and compression of an <see cref="HnswIndex"/>.</summary>
public sealed record HnswOptions
{
    /// <summary>
    /// Half of the maximum degree (2·M), 4 to 64. Larger values help with high intrinsic dimension, such as text embeddings, and take
    /// memory and time.
    /// </summary>
    public int M { get; init; } = 24;

    /// <summary>Number of candidates when a vector's neighbors are selected, 8 to 4,096.</summary>
    public int EfConstruction { get; init; } = 160;

    /// <summary>
    /// Number of candidates that a search keeps, 1 to 65,536: more give higher recall and take longer. At least the requested number is
    /// kept.
    /// </summary>
    public int Ef { get; init; } = 64;

    /// <summary>The random seed. The same vectors added in the same calls give the same graph, on any number of cores.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>What searches compare in the graph. Results are always scored exactly.</summary>
    public HnswCodes Codes { get; init; } = HnswCodes.Auto;

    /// <summary>Minimum number of vectors for codes: the axes of a smaller sample would overfit.</summary>
    internal int CodesFrom { get; init; } = 1000;

    /// <summary>Minimum dimensions for codes: shorter vectors are as fast to read.</summary>
    internal int CodeDimensions { get; init; } = 32;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(M, 4);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(M, 64);
        ArgumentOutOfRangeException.ThrowIfLessThan(EfConstruction, 8);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(EfConstruction, 4096);
        ArgumentOutOfRangeException.ThrowIfLessThan(Ef, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Ef, 65536);
        if (!Enum.IsDefined(Codes))
        {
            throw new ArgumentOutOfRangeException(nameof(Codes), Codes, "There are no such codes.");
        }
    }
}
