namespace Simile.Index.Quantization;

/// <summary>How a <see cref="ProductQuantizer"/> cuts vectors up.</summary>
public sealed record ProductQuantizerOptions
{
    /// <summary>Sub-spaces, called m in the paper, 1 to the number of dimensions; the dimensions are shared out evenly.</summary>
    public required int Subspaces { get; init; }

    /// <summary>Bits of the code of one sub-space, 4 or 8: 16 or 256 centroids. faiss defaults to 8; 4 is what a register can look up.</summary>
    public int Bits { get; init; } = 8;

    /// <summary>How vectors are turned before they are cut.</summary>
    public ProductRotation Rotation { get; init; }

    /// <summary>Rounds of k-means, at least 1. faiss does 25; the last ones gain nothing that can be measured.</summary>
    public int Iterations { get; init; } = 10;

    /// <summary>Most vectors that are trained on, at least 256; more are sampled.</summary>
    public int TrainingVectors { get; init; } = 32_768;

    /// <summary>Begins the random numbers: the same seed and vectors give the same centroids on any number of threads.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Refuses what makes no sense.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the sentence says which and why.</exception>
    internal void Validate(int dimensions)
    {
        if (Subspaces < 1 || Subspaces > dimensions)
        {
            throw new ArgumentException($"{Subspaces} sub-spaces of {dimensions} dimensions cannot be had: ask for 1 to {dimensions}.");
        }

        if (Bits is not (4 or 8))
        {
            throw new ArgumentException($"Codes of {Bits} bits are not made: ask for 4 or 8.");
        }

        if (Iterations < 1 || TrainingVectors < 256)
        {
            throw new ArgumentException($"{Iterations} rounds on {TrainingVectors} vectors train nothing: ask for at least 1 round and 256 vectors.");
        }
    }
}

/// <summary>How vectors are turned before they are cut into sub-spaces. Turning costs dimensions² multiplications a vector and a query.</summary>
public enum ProductRotation
{
    /// <summary>They stay as they are: right where neighbouring dimensions belong together, as pixels do.</summary>
    None,

    /// <summary>Onto their principal axes, dealt out so that every sub-space has the same product of variances (the parametric solution of Ge et al., "Optimized Product Quantization", PAMI 2014).</summary>
    Balanced,
}
