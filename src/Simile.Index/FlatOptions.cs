using Simile.Numerics;

namespace Simile.Index;

/// <summary>How a <see cref="FlatIndex"/> keeps and scans its vectors.</summary>
public sealed record FlatOptions
{
    /// <summary>What components are kept as. What is lost then is lost for good: scores are those of the kept vectors.</summary>
    public RowType Rows { get; init; } = RowType.Float32;

    /// <summary>Threads that batches and searches of large indexes use, at least 1; all cores by default.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// Whether an index of 4 million numbers or more keeps a byte beside each of its floats, a quarter more memory. One query then reads the bytes,
    /// and the floats only of vectors that bounds do not rule out: the answers are the same, in about a third of the time. Not under
    /// <see cref="Metric.Manhattan"/> and <see cref="Metric.Hamming"/>, nor below 64 dimensions.
    /// </summary>
    public bool Codes { get; init; } = true;

    internal void Validate(Metric metric)
    {
        if (!Enum.IsDefined(Rows))
        {
            throw new ArgumentException($"There is no row type {(int)Rows}.");
        }

        if (Rows == RowType.Binary && metric != Metric.Hamming)
        {
            throw new ArgumentException($"Bits are compared by the Hamming metric, not by {metric}: choose it, or another row type.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1, nameof(Threads));
    }
}
