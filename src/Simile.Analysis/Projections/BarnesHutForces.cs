namespace Simile.Analysis.Projections;

/// <summary>Attraction along the edges of the neighbor graph, repulsion by a quadtree.</summary>
internal sealed class BarnesHutForces(Affinities p, double theta, ParallelOptions parallel) : ITSneForces
{
    private const int TaskRows = 256;

    // Approximating a cell by one point makes Σ w too small, by 0.25% at θ = 0.5. So the reported divergence uses a more exact sum than the
    // gradient.
    private const double DivergenceTheta = 0.2;

    private readonly QuadTree _tree = new(p.Count, theta);
    private readonly float[] _repulsionX = new float[p.Count];
    private readonly float[] _repulsionY = new float[p.Count];

    public void Gradient(float[] x, float[] y, float exaggeration, float[] gradientX, float[] gradientY)
    {
        var share = (float)(1 / Repulse(_tree, x, y));
        Parallel.For(0, (p.Count + TaskRows - 1) / TaskRows, parallel, block =>
        {
            for (var i = block * TaskRows; i < Math.Min(p.Count, (block + 1) * TaskRows); i++)
            {
                var attraction = Attraction.Of(p, x, y, i);
                gradientX[i] = (exaggeration * attraction.X) - (share * _repulsionX[i]);
                gradientY[i] = (exaggeration * attraction.Y) - (share * _repulsionY[i]);
            }
        });
    }

    public double Divergence(float[] x, float[] y) =>
        Attraction.Divergence(p, x, y, Repulse(new QuadTree(p.Count, Math.Min(theta, DivergenceTheta)), x, y), parallel);

    private double Repulse(QuadTree tree, float[] x, float[] y)
    {
        tree.Build(x, y);
        return tree.Repulse(_repulsionX, _repulsionY, parallel);
    }
}
