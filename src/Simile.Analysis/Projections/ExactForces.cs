namespace Simile.Analysis.Projections;

/// <summary>Exact t-SNE: all pairs, in double. The slow reference implementation of <see cref="BarnesHutForces"/>.</summary>
/// <remarks>p: the joint probabilities of all pairs i &lt; j, row by row; they sum to 1/2.</remarks>
internal sealed class ExactForces(double[] p, int count, ParallelOptions parallel) : ITSneForces
{
    private readonly double[] _rows = new double[count];

    public void Gradient(float[] x, float[] y, float exaggeration, float[] gradientX, float[] gradientY)
    {
        var z = SumOfWeights(x, y);
        Parallel.For(0, count, parallel, i =>
        {
            double sumX = 0, sumY = 0;
            for (var j = 0; j < count; j++)
            {
                var w = Weight(x, y, i, j);
                var force = i == j ? 0 : ((exaggeration * p[Pair(i, j)]) - (w / z)) * w;
                sumX += force * ((double)x[i] - x[j]);
                sumY += force * ((double)y[i] - y[j]);
            }

            (gradientX[i], gradientY[i]) = ((float)sumX, (float)sumY);
        });
    }

    public double Divergence(float[] x, float[] y)
    {
        var z = SumOfWeights(x, y);
        Parallel.For(0, count, parallel, i =>
        {
            _rows[i] = 0;
            for (var j = i + 1; j < count; j++)
            {
                var (probability, q) = (p[Pair(i, j)], Math.Max(Weight(x, y, i, j) / z, JointProbabilities.Least));
                _rows[i] += 2 * probability * Math.Log(Math.Max(probability, JointProbabilities.Least) / q);
            }
        });
        return _rows.Sum();
    }

    // Over all pairs i ≠ j.
    private double SumOfWeights(float[] x, float[] y)
    {
        Parallel.For(0, count, parallel, i =>
        {
            _rows[i] = 0;
            for (var j = 0; j < count; j++)
            {
                _rows[i] += i == j ? 0 : Weight(x, y, i, j);
            }
        });
        return Math.Max(_rows.Sum(), double.Epsilon);
    }

    private static double Weight(float[] x, float[] y, int i, int j)
    {
        double dx = (double)x[i] - x[j], dy = (double)y[i] - y[j];
        return 1 / (1 + (dx * dx) + (dy * dy));
    }

    private int Pair(int i, int j) => JointProbabilities.Pair(Math.Min(i, j), Math.Max(i, j), count);
}
