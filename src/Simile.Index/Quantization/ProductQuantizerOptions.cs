namespace Simile.Index.Quantization;

/// <summary>Into how many parts a <see cref="ProductQuantizer"/> cuts a vector, with how many bits each.</summary>
public sealed record ProductQuantizerOptions
{
    /// <summary>Number of subspaces, called m in the paper, 1 to the dimensions. Dimensions are divided evenly.</summary>
    public required int Subspaces { get; init; }

    /// <summary>Bits per subspace, 4 or 8: 16 or 256 centroids. faiss defaults to 8; 4 fits a register lookup.</summary>
    public int Bits { get; init; } = 8;

    /// <summary>How vectors are rotated first.</summary>
    public ProductRotation Rotation { get; init; }

    /// <summary>k-means iterations, at least 1. faiss uses 25; the last ones have no measurable benefit.</summary>
    public int Iterations { get; init; } = 10;

    /// <summary>Maximum number of training vectors, at least 256. From more, a sample is drawn.</summary>
    public int TrainingVectors { get; init; } = 32_768;

    /// <summary>The random seed. The same seed and vectors give the same centroids on any number of threads.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Throws if the options are invalid.</summary>
    /// <exception cref="ArgumentException">An option is out of range. The message names it and the reason.</exception>
    internal void Validate(int dimensions)
    {
        if (Subspaces < 1 || Subspaces > dimensions)
        {
            throw new ArgumentException($"The number of subspaces is {Subspaces}, but must be 1 to {dimensions}, the dimensions.");
        }

        if (Bits is not (4 or 8))
        {
            throw new ArgumentException($"The number of bits is {Bits}, but must be 4 or 8.");
        }

        if (Iterations < 1 || TrainingVectors < 256)
        {
            throw new ArgumentException($"Iterations ({Iterations}) and TrainingVectors ({TrainingVectors}) must be at least 1 and 256.");
        }
    }
}

/// <summary>The rotation before the split into subspaces. A rotation costs dimensions² multiplications per vector and query.</summary>
public enum ProductRotation
{
    /// <summary>No rotation: best if adjacent dimensions belong together, as pixels do.</summary>
    None,

    /// <summary>
    /// To principal axes, assigned so that every subspace has the same product of variances (the parametric solution of Ge et al.,
    /// "Optimized Product Quantization", PAMI 2014).
    /// </summary>
    Balanced,
}
