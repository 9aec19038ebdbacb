using Simile.Numerics;

namespace Simile.Analysis.Projections;

/// <summary>t-SNE's joint probabilities of all pairs.</summary>
internal static class JointProbabilities
{
    /// <summary>The minimum probability, as in scikit-learn.</summary>
    public const double Least = 2.220446049250313e-16;

    /// <summary>The offset of the pair i &lt; j, given the number of rows.</summary>
    public static int Pair(int i, int j, int count) => (i * count) - (i * (i + 1) / 2) + j - i - 1;

    /// <summary>The probabilities of pairs i &lt; j, row by row; they sum to 1/2.</summary>
    public static double[] Of(VectorMatrix rows, double perplexity, Metric metric, ParallelOptions parallel)
    {
        var n = rows.Count;
        var conditional = new double[n][];
        Parallel.For(0, n, parallel, i => conditional[i] = Conditional(rows, i, perplexity, metric));
        var p = new double[n * (n - 1) / 2];
        var sum = 0.0;
        for (var i = 0; i < n; i++)
        {
            for (var j = i + 1; j < n; j++)
            {
                // A row has no entry for itself.
                var joint = conditional[i][j - 1] + conditional[j][i];
                p[Pair(i, j, n)] = joint;
                sum += 2 * joint;
            }
        }

        for (var i = 0; i < p.Length; i++)
        {
            p[i] = Math.Max(p[i] / Math.Max(sum, Least), Least);
        }

        return p;
    }

    private static double[] Conditional(VectorMatrix rows, int i, double perplexity, Metric metric)
    {
        var squares = new double[rows.Count - 1];
        for (var j = 0; j < rows.Count; j++)
        {
            if (j != i)
            {
                double distance = NeighborGraph.Distance(metric, metric.Score(rows[i], rows[j]), rows.Dimensions);
                squares[j < i ? j : j - 1] = distance * distance;
            }
        }

        PerplexitySearch.Run(squares, perplexity);
        return squares;
    }
}
