using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Simile.Index.Memory;

namespace Simile.Index.Codes;

/// <summary>A query's weights for the nibbles of a code: 8-bit integers with one factor per two adjacent weights.</summary>
/// <remarks>
/// Block floating point: the weights of leading coordinates are hundreds of times those of the last, which plain 8 bits would round away.
/// </remarks>
internal sealed unsafe class NibbleWeights : IDisposable
{
    /// <summary>The largest factor: the sum of a longest code's products fits in 32 bits.</summary>
    public const int MostFactor = 1024;

    /// <summary>Weights of the low nibbles; zero where a code has no coordinate.</summary>
    public NativeArray<sbyte> Low { get; } = new(CodeLayout.MostBytes);

    /// <summary>Weights of the high nibbles.</summary>
    public NativeArray<sbyte> High { get; } = new(CodeLayout.MostBytes);

    /// <summary>One factor per two low weights, then one per two high weights.</summary>
    public NativeArray<short> Factors { get; } = new(CodeLayout.MostBytes);

    public long Bytes => Low.Bytes + High.Bytes + Factors.Bytes;

    /// <summary>Quantizes the weights of a code's nibbles.</summary>
    /// <param name="weights">Two weights per byte of the code.</param>
    /// <param name="layout">The layout of the code.</param>
    /// <returns>The scale of the sums of products.</returns>
    public float Set(float* weights, CodeLayout layout)
    {
        var unit = QueryProjection.Greatest(weights, 2 * layout.Bytes) / (sbyte.MaxValue * MostFactor);
        Round(weights, unit, Low.Pointer, Factors.Pointer, layout);
        Round(weights + layout.Half, unit, High.Pointer, Factors.Pointer + (layout.Bytes / 2), layout);
        return unit;
    }

    public void Dispose()
    {
        Low.Dispose();
        High.Dispose();
        Factors.Dispose();
    }

    // A code's last four bytes are not levels.
    private static void Round(float* weights, float unit, sbyte* rounded, short* factors, CodeLayout layout)
    {
        for (var i = 0; i < layout.Bytes; i += 32)
        {
            var (f0, f1, f2, f3) =
                (Factor(weights + i, unit), Factor(weights + i + 8, unit), Factor(weights + i + 16, unit), Factor(weights + i + 24, unit));
            var first = Vector256.Narrow(Divide(weights + i, f0, unit), Divide(weights + i + 8, f1, unit));
            var second = Vector256.Narrow(Divide(weights + i + 16, f2, unit), Divide(weights + i + 24, f3, unit));
            Vector256.Narrow(first, second).Store(rounded + i);
            Vector256.Narrow(OneOfTwo(f0, f1), OneOfTwo(f2, f3)).Store(factors + (i / 2));
        }

        Unsafe.WriteUnaligned(rounded + layout.Half, 0);
    }

    // The common divisor of two adjacent weights that keeps them at most 127.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Factor(float* weights, float unit)
    {
        var size = Vector256.Abs(Vector256.Load(weights));
        var greatest = Vector256.Max(size, Vector256.Shuffle(size, Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6)));
        return Vector256.Max(Vector256.Ceiling(greatest / (sbyte.MaxValue * unit)), Vector256<float>.One);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Divide(float* weights, Vector256<float> factor, float unit) =>
        Vector256.ConvertToInt32(Vector256.Round(Vector256.Load(weights) / (factor * unit)));

    // Adjacent weights are equal.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> OneOfTwo(Vector256<float> first, Vector256<float> second) =>
        Vector256.Narrow(Vector256.ConvertToInt32(first).AsInt64(), Vector256.ConvertToInt32(second).AsInt64());
}
