using Simile.Numerics.Kernels;

namespace Simile.Numerics;

/// <summary>The score of two vectors under a metric.</summary>
public static class MetricScore
{
    /// <summary>How close a and b are: greater is closer.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or a component is NaN or infinite.</exception>
    public static float Score(this Metric metric, ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        VectorMath.ThrowIfUnfit(a, b);
        return metric switch
        {
            Metric.Cosine => VectorMath.Cosine(a, b),
            Metric.Dot => Pairwise<Dot>.One(a, b),
            Metric.L2 => -Pairwise<SquaredL2>.One(a, b),
            Metric.Manhattan => -Pairwise<Manhattan>.One(a, b),
            Metric.Hamming => -Pairwise<Hamming>.One(a, b),
            _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "There is no such metric."),
        };
    }

    /// <summary>Minus the number of bits that differ between two vectors of packed bits.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static int Hamming(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        if (a.Length != b.Length)
        {
            throw new ArgumentException($"{a.Length} bytes of bits and {b.Length} bytes cannot be compared: they must be equally long.");
        }

        return -HammingBits.Count(a, b);
    }

    /// <summary>Writes a vector as <see cref="Rows"/> takes it: of length 1 under <see cref="Metric.Cosine"/>, else as it is.</summary>
    internal static void Prepare(Metric metric, ReadOnlySpan<float> vector, Span<float> target)
    {
        if (metric == Metric.Cosine)
        {
            VectorMath.Normalize(vector, target);
        }
        else
        {
            vector.CopyTo(target);
        }
    }

    /// <summary>
    /// One query against rows in a block, <c>scores[i]</c> for row i. Nothing is checked. Under <see cref="Metric.Cosine"/> the
    /// query and the rows must be normalised.
    /// </summary>
    internal static void Rows(Metric metric, ReadOnlySpan<float> query, ReadOnlySpan<float> rows, Span<float> scores)
    {
        switch (metric)
        {
            case Metric.L2:
                Pairwise<SquaredL2>.Rows(query, rows, scores);
                break;
            case Metric.Manhattan:
                Pairwise<Manhattan>.Rows(query, rows, scores);
                break;
            case Metric.Hamming:
                Pairwise<Hamming>.Rows(query, rows, scores);
                break;
            case Metric.Cosine or Metric.Dot:
                Pairwise<Dot>.Rows(query, rows, scores);
                return;
            default:
                throw new ArgumentOutOfRangeException(nameof(metric), metric, "There is no such metric.");
        }

        Elementwise.Scale(-1, scores, scores);
    }
}
