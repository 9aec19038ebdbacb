namespace Simile.Models.Projection;

/// <summary>A convolution with byte weights and its activation.</summary>
/// <param name="Shape">Output channels, input channels per group, kernel height and width.</param>
/// <param name="Stride">Stride on both axes. Padding is TensorFlow's SAME.</param>
/// <param name="Groups">Number of channel groups.</param>
/// <param name="Low">Lower bound of the output.</param>
/// <param name="High">Upper bound of the output.</param>
/// <param name="Adds">The layer whose output is added afterwards; −1 for none.</param>
/// <param name="SumLow">Lower bound of the sum.</param>
/// <param name="SumHigh">Upper bound of the sum.</param>
internal sealed record ByteLayer(int[] Shape, int Stride, int Groups, float Low, float High, int Adds, float SumLow, float SumHigh)
{
    /// <summary>One per output channel. A weight is <c>byte · scale + offset</c>.</summary>
    public required float[] Scales { get; init; }

    /// <summary>One per output channel.</summary>
    public required float[] Offsets { get; init; }

    /// <summary>One per output channel.</summary>
    public required float[] Bias { get; init; }

    /// <summary>In the order of <see cref="Shape"/>.</summary>
    public required byte[] Weights { get; init; }

    /// <summary>Number of weights.</summary>
    public static int Count(int[] shape) => checked(shape[0] * shape[1] * shape[2] * shape[3]);

    /// <summary>The decoded weights.</summary>
    public float[] ToFloats()
    {
        var weights = new float[Weights.Length];
        var each = weights.Length / Shape[0];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = (Weights[i] * Scales[i / each]) + Offsets[i / each];
        }

        return weights;
    }
}
