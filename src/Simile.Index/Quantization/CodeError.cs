using Simile.Numerics;

namespace Simile.Index.Quantization;

/// <summary>The error of codes.</summary>
internal static class CodeError
{
    /// <summary>Encodes a vector and decodes the code.</summary>
    public delegate void RoundTrip(ReadOnlySpan<float> vector, Span<byte> code, Span<float> decoded);

    /// <summary>The mean squared error of decoded vectors, relative to the mean squared length.</summary>
    public static double Of(VectorMatrix vectors, int codeBytes, RoundTrip roundTrip)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        var (code, decoded) = (new byte[codeBytes], new float[vectors.Dimensions]);
        var (error, length) = (0.0, 0.0);
        for (var i = 0; i < vectors.Count; i++)
        {
            roundTrip(vectors[i], code, decoded);
            error -= Metric.L2.Score(vectors[i], decoded);
            length += VectorMath.Dot(vectors[i], vectors[i]);
        }

        return length == 0 ? 0 : error / length;
    }
}
