using Simile.Numerics.Kernels;

namespace Simile.Numerics;

/// <summary>Scores two vectors under a metric.</summary>
public static class MetricScore
{
    /// <summary>The score of a and b: greater is closer.</summary>
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

    /// <summary>Minus the number of bits in which two packed bit vectors differ.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static int Hamming(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        if (a.Length != b.Length)
        {
            throw new ArgumentException(
                $"{a.Length} bytes of bits cannot be compared with {b.Length} bytes: both must have the same length.");
        }

        return -HammingBits.Count(a, b);
    }

    /// <summary>
    /// Copies a vector into the form that <see cref="Rows"/> expects: normalized under <see cref="Metric.Cosine"/>, otherwise unchanged.
    /// </summary>
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
    /// One query against the rows of a block; <c>scores[i] </c> belongs to row i. Arguments are not checked. Under
    /// <see cref="Metric.Cosine"/> the query and the rows must be normalized.
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
