using Simile.Numerics;

namespace Simile.Index;

/// <summary>How a <see cref="FlatIndex"/> stores and scans its vectors.</summary>
public sealed record FlatOptions
{
    /// <summary>The stored number type. Lost precision cannot be recovered: scores are those of the stored vectors.</summary>
    public RowType Rows { get; init; } = RowType.Float32;

    /// <summary>Number of threads for batches and searches of large indexes, at least 1. Default: all cores.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// Whether an index with at least 4 million numbers stores a byte beside each float, a quarter more memory. A query then reads the
    /// bytes, and floats only of vectors that bounds cannot exclude: the results are the same, in about a third of the time. Not used with
    /// <see cref="Metric.Manhattan"/> and <see cref="Metric.Hamming"/>, nor below 64 dimensions.
    /// </summary>
    public bool Codes { get; init; } = true;

    internal void Validate(Metric metric)
    {
        if (!Enum.IsDefined(Rows))
        {
            throw new ArgumentException($"The row type {(int)Rows} does not exist.");
        }

        if (Rows == RowType.Binary && metric != Metric.Hamming)
        {
            throw new ArgumentException($"Bit rows need the Hamming metric, not {metric}: choose it, or another row type.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1, nameof(Threads));
    }
}
