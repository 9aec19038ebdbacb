namespace Simile.Index;

/// <summary>How an <see cref="IvfIndex"/> is laid out.</summary>
public sealed record IvfOptions
{
    /// <summary>Number of lists; null: about four times the square root of the number of vectors, as faiss advises.</summary>
    public int? NList { get; init; }

    /// <summary>4-bit codes a vector, called m in product quantisation; null: a number measured to be right for the dimensions (see docs/indexes.md).</summary>
    public int? Subspaces { get; init; }

    /// <summary>Rounds of k-means for the lists, at least 1. faiss does 10.</summary>
    public int Iterations { get; init; } = 6;

    /// <summary>Vectors a list that k-means sees, at least 8; of more a sample is drawn. faiss takes up to 256.</summary>
    public int TrainingVectors { get; init; } = 32;

    /// <summary>Number of vectors, at least 32, from which on there are lists; fewer are all scanned.</summary>
    public int TrainFrom { get; init; } = 4096;

    /// <summary>Begins the random numbers: the same seed and vectors give the same index on any number of threads.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Refuses what makes no sense.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the sentence says which and why.</exception>
    internal void Validate(int dimensions)
    {
        if (NList is < 1 or > 1 << 20)
        {
            throw new ArgumentException($"{NList} lists make no index: ask for 1 to {1 << 20:N0}.");
        }

        if (Subspaces is { } m && (m < 1 || m > dimensions))
        {
            throw new ArgumentException($"{m} sub-spaces of {dimensions} dimensions cannot be had: ask for 1 to {dimensions}.");
        }

        if (Iterations < 1 || TrainingVectors < 8 || TrainFrom < 32)
        {
            throw new ArgumentException($"{Iterations} rounds on {TrainingVectors} vectors a list, from {TrainFrom} vectors on, train nothing: ask for at least 1, 8 and 32.");
        }
    }
}
