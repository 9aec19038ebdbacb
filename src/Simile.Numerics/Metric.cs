namespace Simile.Numerics;

/// <summary>A measure of likeness between two vectors. Every metric gives a score: greater is closer.</summary>
public enum Metric
{
    /// <summary>Dot product of the vectors divided by both lengths, in [−1, 1]; 0 where a vector is zero.</summary>
    Cosine,

    /// <summary>Dot product.</summary>
    Dot,

    /// <summary>Minus the squared Euclidean distance (as faiss and hnswlib rank).</summary>
    L2,

    /// <summary>Minus the sum of the absolute differences.</summary>
    Manhattan,

    /// <summary>Minus the number of components that differ; for packed bits, minus the number of bits that differ.</summary>
    Hamming,
}
