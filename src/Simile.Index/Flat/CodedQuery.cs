using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Index.Flat;

/// <summary>A query as 16-bit integers, with bounds that tell which rows can reach a score threshold.</summary>
/// <remarks>
/// With q = q̂ + e and x = x̂ + r as in <see cref="CodeBlock"/>, |q·x − q̂·x̂| ≤ |q| |r| + |e| |x̂| (Cauchy-Schwarz), and ||q − x| − |q −
/// x̂|| ≤ |r|. The bounds also cover the float rounding of q̂·x̂ and of the score: 2⁻²⁴ times small multiples of the lengths.
/// </remarks>
internal readonly unsafe struct CodedQuery
{
    private readonly Metric _metric;
    private readonly float _step;
    private readonly float _stepSum;
    private readonly float _length;
    private readonly float _share;

    /// <summary>Encodes a query into <see cref="Length"/> numbers for <see cref="ByteDot"/>.</summary>
    public CodedQuery(Metric metric, ReadOnlySpan<float> query, Span<short> target)
    {
        _metric = metric;
        _length = VectorMath.Norm(query);
        target.Clear();
        var greatest = 0f;
        foreach (var x in query)
        {
            greatest = Math.Max(greatest, Math.Abs(x));
        }

        if (!(greatest > 1e-15f && _length < NumberRows.LongestInProducts))
        {
            return;
        }

        var most = Math.Min(short.MaxValue, int.MaxValue / byte.MaxValue / query.Length);
        _step = greatest / most;
        var whole = target[..query.Length];
        var (sum, error) = (0L, 0.0);
        for (var i = 0; i < query.Length; i++)
        {
            whole[i] = (short)Math.Clamp((int)MathF.Round(query[i] / _step), -most, most);
            sum += whole[i];
            var rest = query[i] - ((double)_step * whole[i]);
            error += rest * rest;
        }

        _stepSum = (float)((double)_step * sum);
        ByteDot.Lay(target, query.Length, KernelPaths.Best);

        // A bound of the rounding errors. The score is the sum of offset · Σ q̂ and step · Σ q̂ byte. Each can be √d times larger than the
        // sum and is rounded a few times (40 √d); the exact score by floats is rounded d times (2 d).
        var rounding = ((40 * Math.Sqrt(query.Length)) + (2 * query.Length) + 40) / (1 << 24);
        _share = (float)((1.000001 * Math.Sqrt(error) / _length) + rounding);
    }

    /// <summary>Whether there are bounds. Not for zero queries or huge numbers.</summary>
    public bool Bounds => _step > 0;

    /// <summary>Number of integers of an encoded query.</summary>
    public static int Length(int dimensions) => ByteDot.QueryLength(dimensions, KernelPaths.Best);

    /// <summary>
    /// Bit i tells whether row i of the block can reach the threshold. All bits are set if the threshold is NaN, or there are no bounds.
    /// </summary>
    /// <param name="block">The rows.</param>
    /// <param name="count">Number of rows, up to <see cref="CodeBlock.Rows"/>.</param>
    /// <param name="dots">The products of the encoded query and the rows' bytes.</param>
    /// <param name="threshold">The lowest useful score.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ulong Test(CodeBlock block, int count, int* dots, float threshold)
    {
        if (!Bounds || float.IsNaN(threshold))
        {
            return ulong.MaxValue >> (CodeBlock.Rows - count);
        }

        var passing = 0UL;
        var i = 0;
        for (; i <= count - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var dot = (Vector256.Load(block.Offsets + i) * _stepSum)
                + (Vector256.Load(block.Steps + i) * (Vector256.ConvertToSingle(Vector256.Load(dots + i)) * _step));
            var margin = Margin(dot, Vector256.Load(block.Errors + i), Vector256.Load(block.Lengths + i), threshold);
            passing |= (ulong)(~Vector256.LessThan(margin, Vector256<float>.Zero).ExtractMostSignificantBits() & 0xFF) << i;
        }

        for (; i < count; i++)
        {
            var dot = Vector256.Create((block.Offsets[i] * _stepSum) + (block.Steps[i] * (dots[i] * _step)));
            var margin = Margin(dot, Vector256.Create(block.Errors[i]), Vector256.Create(block.Lengths[i]), threshold)[0];
            passing |= margin < 0 ? 0 : 1UL << i;
        }

        return passing;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Margin(Vector256<float> dot, Vector256<float> error, Vector256<float> length, float threshold) =>
        _metric == Metric.L2 ? DistanceMargin(dot, error, length, threshold) : DotMargin(dot, error, length, threshold);

    // Not negative if q·x, at most dot + |q| |r| + share · |q| |x|, can reach the threshold.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> DotMargin(Vector256<float> dot, Vector256<float> error, Vector256<float> length, float threshold) =>
        dot + (error * (_length * (1.001f + _share))) + (length * (_length * _share)) + Vector256.Create(1e-40f - threshold);

    // Not negative if |q − x̂| − |r| can be at most √−threshold. |q − x̂|² may be off by share · (q² + x̂²).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> DistanceMargin(Vector256<float> dot, Vector256<float> error, Vector256<float> square, float threshold)
    {
        var both = square + Vector256.Create(_length * _length);
        var reach = error + Vector256.Create(MathF.Sqrt(-threshold) * (1 + _share));
        return (reach * reach) + (both * (2 * _share)) + (dot * 2) - both + Vector256.Create(1e-40f);
    }
}
