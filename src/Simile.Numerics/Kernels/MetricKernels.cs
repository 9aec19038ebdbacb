namespace Simile.Numerics.Kernels;

/// <summary>Chooses the kernel that scores rows under a metric.</summary>
/// <remarks>
/// Arguments are not checked. Under <see cref="Metric.Cosine"/> all vectors must have length 1; the score is their dot product.
/// </remarks>
internal static unsafe class MetricKernels
{
    /// <summary>Scores one query against rows of a format. See <see cref="RowScan{TStep, TFormat}"/>.</summary>
    public static void Score<TFormat>(
        Metric metric, float* query, int length, byte* rows, float* scales, Span<float> scores, KernelPath path)
        where TFormat : struct, IRowFormat
    {
        fixed (float* sums = scores)
        {
            switch (metric)
            {
                case Metric.L2:
                    RowScan<SquaredL2, TFormat>.Run(query, length, rows, scales, scores.Length, sums, path);
                    break;
                case Metric.Manhattan:
                    RowScan<Manhattan, TFormat>.Run(query, length, rows, scales, scores.Length, sums, path);
                    break;
                case Metric.Hamming:
                    RowScan<Hamming, TFormat>.Run(query, length, rows, scales, scores.Length, sums, path);
                    break;
                default:
                    RowScan<Dot, TFormat>.Run(query, length, rows, scales, scores.Length, sums, path);
                    return;
            }
        }

        Elementwise.Scale(-1, scores, scores);
    }

    /// <summary>
    /// Tests rows against a panel of queries. See <see cref="QueryTile{TStep}"/>. L2 is tested by dot products, Manhattan by sums of the
    /// larger components.
    /// </summary>
    public static void Test(
        Metric metric, float* rows, int count, int length, QueryPanel panel, float* packed, PanelTest test, uint* passing)
    {
        switch (metric)
        {
            case Metric.Manhattan:
                QueryTile<MaxSum>.Run(rows, count, length, panel, packed, test, passing);
                break;
            case Metric.Hamming:
                QueryTile<Hamming>.Run(rows, count, length, panel, packed, test, passing);
                break;
            default:
                QueryTile<Dot>.Run(rows, count, length, panel, packed, test, passing);
                break;
        }
    }
}
