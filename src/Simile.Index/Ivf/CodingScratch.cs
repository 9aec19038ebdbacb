namespace Simile.Index.Ivf;

/// <summary>Scratch memory for encoding one vector at a time.</summary>
internal sealed class CodingScratch(int width)
{
    public float[] Coordinates { get; } = new float[width];

    public float[] Residual { get; } = new float[width];

    public float[] Decoded { get; } = new float[width];
}
