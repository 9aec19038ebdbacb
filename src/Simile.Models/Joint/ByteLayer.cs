namespace Simile.Models.Joint;

/// <summary>A convolution whose weights are bytes, and what follows it.</summary>
/// <param name="Shape">Channels out, channels in of a group, rows and columns of the kernel.</param>
/// <param name="Stride">Steps along both axes; the edges are padded so that steps alone decide the size (TensorFlow's SAME).</param>
/// <param name="Groups">Parts that the channels are split into.</param>
/// <param name="Low">Least value that goes on.</param>
/// <param name="High">Greatest value that goes on.</param>
/// <param name="Adds">The layer whose output is added then; −1 for none.</param>
/// <param name="SumLow">Least sum that goes on.</param>
/// <param name="SumHigh">Greatest sum that goes on.</param>
internal sealed record ByteLayer(int[] Shape, int Stride, int Groups, float Low, float High, int Adds, float SumLow, float SumHigh)
{
    /// <summary>One a channel out: a weight is <c>byte · scale + offset</c>.</summary>
    public required float[] Scales { get; init; }

    /// <summary>One a channel out.</summary>
    public required float[] Offsets { get; init; }

    /// <summary>One a channel out.</summary>
    public required float[] Bias { get; init; }

    /// <summary>In the order of <see cref="Shape"/>.</summary>
    public required byte[] Weights { get; init; }

    /// <summary>Numbers in <see cref="Weights"/>.</summary>
    public static int Count(int[] shape) => checked(shape[0] * shape[1] * shape[2] * shape[3]);

    /// <summary>The weights as they are multiplied.</summary>
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
