using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Simile.Numerics;

namespace Simile.Index.Quantization;

/// <content>Scores of codes.</content>
/// <remarks>
/// Weights are in the order in which a register of bytes gives levels. With 4 bits: first those of all low halves, then those of all high
/// halves, each padded with zeros to whole registers.
/// </remarks>
public sealed unsafe partial class ScalarQuantizer
{
    private const int AtOnce = 16;

    private readonly float[] _laidOut; // the steps in the order of the weights

    /// <summary>Number of floats of a prepared query.</summary>
    public int PreparedLength => (Bits == 8 ? Padded : 2 * Padded) + 2;

    private int Padded => (CodeBytes + AtOnce - 1) / AtOnce * AtOnce;

    /// <summary>Prepares a query for <see cref="Score"/>.</summary>
    /// <param name="metric">Cosine (for vectors and a query of length 1), dot or L2.</param>
    /// <param name="query">Of <see cref="Dimensions"/> components.</param>
    /// <param name="prepared">Of <see cref="PreparedLength"/> numbers.</param>
    /// <exception cref="ArgumentException">The metric is not supported, or a length is wrong.</exception>
    public void Prepare(Metric metric, ReadOnlySpan<float> query, Span<float> prepared)
    {
        CodeLength.Check(query.Length, Dimensions, "dimensions");
        CodeLength.Check(prepared.Length, PreparedLength, "numbers");
        CodeMetric.Check(metric);
        prepared.Clear();
        var offset = 0f;
        for (var j = 0; j < query.Length; j++)
        {
            ref var weight = ref prepared[Place(j)];
            if (metric == Metric.L2)
            {
                weight = query[j] - _offsets[j];
            }
            else
            {
                weight = query[j] * _steps[j];
                offset += query[j] * _offsets[j];
            }
        }

        prepared[^2] = offset;
        prepared[^1] = metric == Metric.L2 ? 1 : 0;
    }

    /// <summary>The score of a code: that of the query with the <see cref="Decode"/> result, up to rounding. Greater is closer.</summary>
    /// <param name="prepared">The result of <see cref="Prepare"/>.</param>
    /// <param name="code">Of <see cref="CodeBytes"/> bytes.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public float Score(ReadOnlySpan<float> prepared, ReadOnlySpan<byte> code)
    {
        CodeLength.Check(prepared.Length, PreparedLength, "numbers");
        CodeLength.Check(code.Length, CodeBytes, "bytes");
        fixed (float* weights = prepared, steps = _laidOut)
        {
            fixed (byte* bytes = code)
            {
                return prepared[^1] != 0 ? -Distance(weights, steps, bytes) : prepared[^2] + Product(weights, bytes);
            }
        }
    }

    // The position of a component's weight.
    private int Place(int component) => Bits == 8 ? component : (component / 2) + (component % 2 * Padded);

    private float[] LaidOut(float[] steps)
    {
        var laidOut = new float[PreparedLength - 2];
        for (var j = 0; j < steps.Length; j++)
        {
            laidOut[Place(j)] = steps[j];
        }

        return laidOut;
    }

    private float Product(float* weights, byte* code)
    {
        var sum = Vector512<float>.Zero;
        for (var at = 0; at < CodeBytes; at += AtOnce)
        {
            var levels = Load(code, at);
            if (Bits == 8)
            {
                sum = Vector512.MultiplyAddEstimate(Vector512.Load(weights + at), Widen(levels), sum);
                continue;
            }

            sum = Vector512.MultiplyAddEstimate(Vector512.Load(weights + at), Widen(levels & Vector128.Create((byte)0xF)), sum);
            sum = Vector512.MultiplyAddEstimate(Vector512.Load(weights + Padded + at), Widen(levels >>> 4), sum);
        }

        return Vector512.Sum(sum);
    }

    // Padding has steps and weights of zero.
    private float Distance(float* weights, float* steps, byte* code)
    {
        var sum = Vector512<float>.Zero;
        for (var at = 0; at < CodeBytes; at += AtOnce)
        {
            var levels = Load(code, at);
            if (Bits == 8)
            {
                sum = AddSquares(weights + at, steps + at, levels, sum);
                continue;
            }

            sum = AddSquares(weights + at, steps + at, levels & Vector128.Create((byte)0xF), sum);
            sum = AddSquares(weights + Padded + at, steps + Padded + at, levels >>> 4, sum);
        }

        return Vector512.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> AddSquares(float* weights, float* steps, Vector128<byte> levels, Vector512<float> sum)
    {
        var difference = Vector512.Load(weights) - (Vector512.Load(steps) * Widen(levels));
        return Vector512.MultiplyAddEstimate(difference, difference, sum);
    }

    // A code may end within a register: no byte after it is read.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<byte> Load(byte* code, int at)
    {
        if (at + AtOnce <= CodeBytes)
        {
            return Vector128.Load(code + at);
        }

        var last = Vector128<byte>.Zero;
        Unsafe.CopyBlock(&last, code + at, (uint)(CodeBytes - at));
        return last;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Widen(Vector128<byte> levels)
    {
        var (low, high) = Vector128.Widen(levels);
        return Vector512.ConvertToSingle(Vector512.Create(
            Vector256.Create(Vector128.WidenLower(low), Vector128.WidenUpper(low)),
            Vector256.Create(Vector128.WidenLower(high), Vector128.WidenUpper(high))).AsInt32());
    }
}
