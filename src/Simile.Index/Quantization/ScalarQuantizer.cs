using Simile.Numerics;

namespace Simile.Index.Quantization;

/// <summary>
/// Codes with 8 or 4 bits per component: each is rounded to one of 256 or 16 levels of its dimension's range. A query is not rounded: its
/// weights are computed once, and the score of a code is one dot product.
/// </summary>
/// <remarks>
/// Immutable and thread-safe. A 4-bit code has component 2 i in the low half of byte i, component 2 i + 1 in its high half.
/// </remarks>
public sealed partial class ScalarQuantizer
{
    private readonly float[] _offsets; // component j = offset j + step j · level j
    private readonly float[] _steps;

    private ScalarQuantizer(int bits, float[] offsets, float[] steps)
    {
        (Bits, _offsets, _steps) = (bits, offsets, steps);
        _laidOut = LaidOut(steps);
    }

    /// <summary>Dimensions of the vectors.</summary>
    public int Dimensions => _offsets.Length;

    /// <summary>Bits per component: 4 or 8.</summary>
    public int Bits { get; }

    /// <summary>Size of one encoded vector in bytes: dimensions × bits / 8, rounded up.</summary>
    public int CodeBytes => ((Dimensions * Bits) + 7) / 8;

    private int Levels => (1 << Bits) - 1;

    /// <summary>Encodes a vector.</summary>
    /// <param name="vector">The vector, of <see cref="Dimensions"/> components. A component outside its range is clamped.</param>
    /// <param name="code">Of <see cref="CodeBytes"/> bytes.</param>
    /// <exception cref="ArgumentException">The vector or the code has the wrong length.</exception>
    public void Encode(ReadOnlySpan<float> vector, Span<byte> code)
    {
        CodeLength.Check(vector.Length, Dimensions, "dimensions");
        CodeLength.Check(code.Length, CodeBytes, "bytes");
        code.Clear();
        for (var j = 0; j < vector.Length; j++)
        {
            var level = (byte)Math.Clamp(MathF.Round((vector[j] - _offsets[j]) / _steps[j]), 0, Levels);
            if (Bits == 8)
            {
                code[j] = level;
            }
            else
            {
                code[j / 2] |= (byte)(level << (j % 2 * 4));
            }
        }
    }

    /// <summary>Decodes a code to the vector it represents.</summary>
    /// <param name="code">Of <see cref="CodeBytes"/> bytes.</param>
    /// <param name="vector">Of <see cref="Dimensions"/> components.</param>
    /// <exception cref="ArgumentException">The vector or the code has the wrong length.</exception>
    public void Decode(ReadOnlySpan<byte> code, Span<float> vector)
    {
        CodeLength.Check(code.Length, CodeBytes, "bytes");
        CodeLength.Check(vector.Length, Dimensions, "dimensions");
        for (var j = 0; j < vector.Length; j++)
        {
            var level = Bits == 8 ? code[j] : code[j / 2] >> (j % 2 * 4) & 0xF;
            vector[j] = _offsets[j] + (_steps[j] * level);
        }
    }

    /// <summary>The mean squared error of decoded vectors, relative to the mean squared length.</summary>
    public double Error(VectorMatrix vectors) => CodeError.Of(vectors, CodeBytes, (vector, code, decoded) =>
    {
        Encode(vector, code);
        Decode(code, decoded);
    });
}
