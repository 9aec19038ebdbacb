using Simile.Analysis.Projections;
using Simile.Numerics;

namespace Simile.Analysis;

/// <content>The exact objective of t-SNE and its gradient.</content>
public sealed partial class TSne
{
    /// <summary>The joint probabilities of all pairs of rows.</summary>
    /// <param name="rows">n vectors, at least two.</param>
    /// <param name="perplexity">At least 1 and less than n.</param>
    /// <param name="metric">The metric.</param>
    /// <returns>n (n − 1) / 2 numbers: the pairs i &lt; j, row by row (scipy's squareform). They sum to 1/2.</returns>
    /// <exception cref="ArgumentException">
    /// There are fewer than two rows or too many, the perplexity does not fit them, or a row holds NaN or infinity.
    /// </exception>
    public static double[] JointProbabilities(VectorMatrix rows, double perplexity, Metric metric = Metric.L2)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ThrowIfTooManyPairs(rows);
        if (!(perplexity >= 1 && perplexity < rows.Count))
        {
            throw new ArgumentException(
                $"A perplexity of {perplexity} does not fit {rows.Count} rows: give one of at least 1 and less than the rows.",
                nameof(perplexity));
        }

        VectorMath.ThrowIfNotFinite(rows.AsSpan());
        return Projections.JointProbabilities.Of(rows, perplexity, metric, new ParallelOptions());
    }

    /// <summary>The Kullback-Leibler divergence of an embedding from joint probabilities, and its gradient.</summary>
    /// <param name="jointProbabilities">The result of <see cref="JointProbabilities"/>.</param>
    /// <param name="embedding">n × 2.</param>
    /// <param name="gradient">n × 2, overwritten; null if not needed.</param>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public static double Divergence(double[] jointProbabilities, VectorMatrix embedding, VectorMatrix? gradient = null)
    {
        ArgumentNullException.ThrowIfNull(jointProbabilities);
        ArgumentNullException.ThrowIfNull(embedding);
        var n = embedding.Count;
        if (embedding.Dimensions != 2 || jointProbabilities.LongLength != (long)n * (n - 1) / 2
            || (gradient is not null && (gradient.Count != n || gradient.Dimensions != 2)))
        {
            throw new ArgumentException(
                $"{jointProbabilities.Length} pairs do not fit an embedding of {n} × {embedding.Dimensions}: "
                + "give n (n − 1) / 2 pairs and an embedding of n × 2.");
        }

        var forces = new ExactForces(jointProbabilities, n, new ParallelOptions());
        var (x, y) = (Plane.Column(embedding, 0), Plane.Column(embedding, 1));
        if (gradient is not null)
        {
            var (dx, dy) = (new float[n], new float[n]);
            forces.Gradient(x, y, 1, dx, dy);
            var forceRows = Plane.ToMatrix(dx, dy);
            VectorMath.Scale(forceRows.AsSpan(), 4, gradient.AsSpan());
        }

        return forces.Divergence(x, y);
    }
}
