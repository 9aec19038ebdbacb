namespace Simile.Index;

/// <summary>How an <see cref="HnswIndex"/> is built and searched.</summary>
public sealed record HnswOptions
{
    /// <summary>Half the most neighbours of a vector, 4 to 64: more find more in sets of many directions, such as text embeddings, and take memory and time.</summary>
    public int M { get; init; } = 24;

    /// <summary>Candidates looked at when a vector's neighbours are chosen, 8 to 4,096.</summary>
    public int EfConstruction { get; init; } = 160;

    /// <summary>Candidates kept during a search, 1 to 65,536: more find more, and take time. At least as many as are asked for are kept.</summary>
    public int Ef { get; init; } = 64;

    /// <summary>Seeds what is random: the same vectors added in the same calls give the same graph, on any number of cores.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>What searches compare while they walk; what they return is scored by the vectors themselves.</summary>
    public HnswCodes Codes { get; init; } = HnswCodes.Auto;

    /// <summary>Fewest vectors that codes are made for: the axes would fit a smaller sample only.</summary>
    internal int CodesFrom { get; init; } = 1000;

    /// <summary>Fewest dimensions that codes are made for: shorter vectors are as fast to read.</summary>
    internal int CodeDimensions { get; init; } = 32;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
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
