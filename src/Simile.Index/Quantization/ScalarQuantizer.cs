using Simile.Numerics;

namespace Simile.Index.Quantization;

/// <summary>
/// Codes of 8 or 4 bits a component: each is rounded to one of 256 or 16 steps of its dimension's range. A query is not rounded: its weights for the
/// steps are computed once, and the score of a code is one product.
/// </summary>
/// <remarks>Immutable and safe for concurrent use. A 4-bit code has component 2 i in the low half of byte i, component 2 i + 1 in its high half.</remarks>
public sealed partial class ScalarQuantizer
{
    private readonly float[] _offsets; // component j = offset j + step j · level j
    private readonly float[] _steps;

    private ScalarQuantizer(int bits, float[] offsets, float[] steps)
    {
        (Bits, _offsets, _steps) = (bits, offsets, steps);
        _laidOut = LaidOut(steps);
    }

    /// <summary>Components of the vectors it codes.</summary>
    public int Dimensions => _offsets.Length;

    /// <summary>Bits of a component: 4 or 8.</summary>
    public int Bits { get; }

    /// <summary>Bytes of one code.</summary>
    public int CodeBytes => ((Dimensions * Bits) + 7) / 8;

    private int Levels => (1 << Bits) - 1;

    /// <summary>Writes the code of a vector.</summary>
    /// <param name="vector">Of <see cref="Dimensions"/> components; those beyond their range are cut to its end.</param>
    /// <param name="code">Of <see cref="CodeBytes"/> bytes.</param>
    /// <exception cref="ArgumentException">The vector has other dimensions, or the code other bytes.</exception>
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

    /// <summary>Writes the vector that a code stands for.</summary>
    /// <param name="code">Of <see cref="CodeBytes"/> bytes.</param>
    /// <param name="vector">Of <see cref="Dimensions"/> components.</param>
    /// <exception cref="ArgumentException">The vector has other dimensions, or the code other bytes.</exception>
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

    /// <summary>The mean squared distance of vectors from what their codes stand for, as a share of the vectors' mean squared length.</summary>
    public double Error(VectorMatrix vectors) => CodeError.Of(vectors, CodeBytes, (vector, code, decoded) =>
    {
        Encode(vector, code);
        Decode(code, decoded);
    });
}
