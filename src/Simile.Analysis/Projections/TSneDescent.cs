namespace Simile.Analysis.Projections;

/// <summary>Gradient descent of t-SNE with momentum and a gain for each coordinate (Jacobs 1988), as openTSNE does it.</summary>
internal sealed class TSneDescent(ITSneForces forces, float[] x, float[] y, ParallelOptions parallel)
{
    private const float LongestStep = 5;
    private const float LeastGain = 0.01f;
    private const int TaskRows = 1024;

    private readonly float[] _gradientX = new float[x.Length];
    private readonly float[] _gradientY = new float[x.Length];
    private readonly float[] _stepX = new float[x.Length];
    private readonly float[] _stepY = new float[x.Length];
    private readonly float[] _gainX = [.. Enumerable.Repeat(1f, x.Length)];
    private readonly float[] _gainY = [.. Enumerable.Repeat(1f, x.Length)];

    /// <summary>Updates all points by one step.</summary>
    public void Step(double exaggeration, double learningRate, double momentum)
    {
        forces.Gradient(x, y, (float)exaggeration, _gradientX, _gradientY);
        Parallel.For(0, (x.Length + TaskRows - 1) / TaskRows, parallel, block =>
        {
            for (var i = block * TaskRows; i < Math.Min(x.Length, (block + 1) * TaskRows); i++)
            {
                Move(i, (float)learningRate, (float)momentum);
            }
        });
    }

    /// <summary>The Kullback-Leibler divergence of the current points.</summary>
    public double Divergence() => forces.Divergence(x, y);

    private void Move(int i, float rate, float momentum)
    {
        var dx = Advance(ref _gainX[i], _stepX[i], _gradientX[i], rate, momentum);
        var dy = Advance(ref _gainY[i], _stepY[i], _gradientY[i], rate, momentum);
        var length = MathF.Sqrt((dx * dx) + (dy * dy));
        var shortened = length > LongestStep ? LongestStep / length : 1;
        (_stepX[i], _stepY[i]) = (dx * shortened, dy * shortened);
        x[i] += _stepX[i];
        y[i] += _stepY[i];
    }

    private static float Advance(ref float gain, float step, float gradient, float rate, float momentum)
    {
        gain = Math.Max(LeastGain, step * gradient < 0 ? gain + 0.2f : gain * 0.8f);
        return (momentum * step) - (rate * gain * gradient);
    }
}
