namespace Simile.Index.Ivf;

/// <summary>Memory in which one vector at a time is coded.</summary>
internal sealed class CodingScratch(int width)
{
    public float[] Coordinates { get; } = new float[width];

    public float[] Residual { get; } = new float[width];

    public float[] Decoded { get; } = new float[width];
}
