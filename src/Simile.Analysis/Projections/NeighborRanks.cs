using System.Numerics;
using System.Runtime.InteropServices;
using Simile.Numerics;

namespace Simile.Analysis.Projections;

/// <summary>The ranks of one space's neighbors in another space.</summary>
internal static class NeighborRanks
{
    private const int BlockRows = 64;

    /// <summary>
    /// The sum, over all rows and their neighbors, of max(0, rank − k), where rank is the neighbor's rank among the rows. The nearest other
    /// row has rank 1.
    /// </summary>
    public static double Penalty(VectorMatrix rows, Metric metric, NeighborGraph neighbors, CancellationToken cancellationToken)
    {
        var scores = new RowScores(rows, metric);
        var penalties = new long[(rows.Count + BlockRows - 1) / BlockRows];
        EachCore.Run(penalties.Length, block =>
        {
            var first = block * BlockRows;
            var count = Math.Min(BlockRows, rows.Count - first);
            var scored = scores.Of(first, count);
            for (var i = 0; i < count; i++)
            {
                penalties[block] += Penalty(scored[i], first + i, neighbors);
            }
        }, cancellationToken);
        return penalties.Sum();
    }

    private static long Penalty(Span<float> scores, int row, NeighborGraph graph)
    {
        scores[row] = float.NegativeInfinity;
        var penalty = 0L;
        foreach (var neighbor in graph.Neighbors(row))
        {
            penalty += Math.Max(0, Rank(scores, neighbor) - graph.K);
        }

        return penalty;
    }

    // 1 + the number of rows that are closer, or equally close with a smaller index.
    private static int Rank(ReadOnlySpan<float> scores, int neighbor)
    {
        var score = scores[neighbor];
        return 1 + CountGreater(scores[neighbor..], score) + CountNotLess(scores[..neighbor], score);
    }

    private static int CountNotLess(ReadOnlySpan<float> scores, float score) => CountGreater(scores, MathF.BitDecrement(score));

    private static int CountGreater(ReadOnlySpan<float> scores, float score)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(scores);
        var (least, counts) = (new Vector<float>(score), Vector<int>.Zero);
        foreach (var vector in vectors)
        {
            counts -= Vector.GreaterThan(vector, least);
        }

        var count = Vector.Sum(counts);
        foreach (var x in scores[(vectors.Length * Vector<float>.Count)..])
        {
            count += x > score ? 1 : 0;
        }

        return count;
    }
}
