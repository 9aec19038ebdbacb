namespace Simile.Index;

/// <summary>Number of lists, compression and training of an <see cref="IvfIndex"/>.</summary>
public sealed record IvfOptions
{
    /// <summary>Number of lists. Null: about four times the square root of the number of vectors, as faiss recommends.</summary>
    public int? NList { get; init; }

    /// <summary>
    /// Number of 4-bit codes per vector, called m in product quantization. Null: a measured optimum for the dimensions (see
    /// docs/indexes.md).
    /// </summary>
    public int? Subspaces { get; init; }

    /// <summary>k-means iterations for the lists, at least 1. faiss uses 10.</summary>
    public int Iterations { get; init; } = 6;

    /// <summary>Training vectors per list for k-means, at least 8. From more, a sample is drawn. faiss uses up to 256.</summary>
    public int TrainingVectors { get; init; } = 32;

    /// <summary>Minimum number of vectors for lists, at least 32. Fewer are scanned completely.</summary>
    public int TrainFrom { get; init; } = 4096;

    /// <summary>The random seed. The same seed and vectors give the same index on any number of threads.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Throws if the options are invalid.</summary>
    /// <exception cref="ArgumentException">An option is out of range. The message names it and the reason.</exception>
    internal void Validate(int dimensions)
    {
        if (NList is < 1 or > 1 << 20)
        {
            throw new ArgumentException($"The number of lists is {NList}, but must be 1 to {1 << 20:N0}.");
        }

        if (Subspaces is { } m && (m < 1 || m > dimensions))
        {
            throw new ArgumentException($"The number of subspaces is {m}, but must be 1 to {dimensions}, the dimensions.");
        }

        if (Iterations < 1 || TrainingVectors < 8 || TrainFrom < 32)
        {
            throw new ArgumentException(
                $"Iterations ({Iterations}), TrainingVectors ({TrainingVectors}) and TrainFrom ({TrainFrom}) must be at least 1, "
                + "8 and 32.");
        }
    }
}
