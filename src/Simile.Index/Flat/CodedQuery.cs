using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Index.Flat;

/// <summary>A query as 16-bit integers, and the bounds that follow from it: which rows may score at least a threshold.</summary>
/// <remarks>
/// With q = q̂ + e and x = x̂ + r as <see cref="RowCodes"/> keeps it, |q·x − q̂·x̂| ≤ |q| |r| + |e| |x̂| (Cauchy–Schwarz), and ||q − x| − |q − x̂|| ≤ |r|.
/// To that come what rounding to floats does to q̂·x̂ itself and to the score, 2⁻²⁴ times small multiples of the lengths.
/// </remarks>
internal readonly unsafe struct CodedQuery
{
    private readonly Metric _metric;
    private readonly short[] _numbers;
    private readonly float _step;
    private readonly float _stepSum;
    private readonly float _length;
    private readonly float _share;

    /// <summary>Codes a prepared query. Give it back with <see cref="Return"/>.</summary>
    public CodedQuery(Metric metric, ReadOnlySpan<float> query)
    {
        _metric = metric;
        _length = VectorMath.Norm(query);
        _numbers = [];
        var greatest = 0f;
        foreach (var x in query)
        {
            greatest = Math.Max(greatest, Math.Abs(x));
        }

        if (!(greatest > 1e-15f && _length < NumberRows.Huge))
        {
            return;
        }

        var most = Math.Min(short.MaxValue, int.MaxValue / byte.MaxValue / query.Length);
        _step = greatest / most;
        var whole = ArrayPool<short>.Shared.Rent(query.Length);
        var (sum, error) = (0L, 0.0);
        for (var i = 0; i < query.Length; i++)
        {
            whole[i] = (short)Math.Clamp((int)MathF.Round(query[i] / _step), -most, most);
            sum += whole[i];
            var rest = query[i] - ((double)_step * whole[i]);
            error += rest * rest;
        }

        _stepSum = (float)((double)_step * sum);
        var length = ByteDot.QueryLength(query.Length, KernelPaths.Best);
        _numbers = ArrayPool<short>.Shared.Rent(length);
        ByteDot.Lay(whole.AsSpan(0, query.Length), _numbers.AsSpan(0, length), KernelPaths.Best);
        ArrayPool<short>.Shared.Return(whole);

        // offset · Σ q̂ and step · Σ q̂ byte may be √d times as great as their sum, and are rounded a few times; the score has d roundings.
        var rounding = ((40 * Math.Sqrt(query.Length)) + (2 * query.Length) + 40) / (1 << 24);
        _share = (float)((1.000001 * Math.Sqrt(error) / _length) + rounding);
    }

    /// <summary>Whether there are bounds: not for queries of zeros or of huge numbers.</summary>
    public bool Bounds => _numbers is { Length: > 0 };

    /// <summary>Bit i of the result: whether row first + i, up to 64 of them, may score at least the threshold. All where the threshold is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ulong Test(RowCodes codes, int dimensions, int first, int count, float threshold)
    {
        var dots = stackalloc int[64];
        fixed (short* query = _numbers)
        {
            ByteDot.Run(query, dimensions, codes[first], count, dots, KernelPaths.Best);
        }

        var margins = stackalloc float[64];
        new Span<int>(dots + count, 64 - count).Clear();
        var offsets = codes.Offsets + first;
        var steps = codes.Steps + first;
        var errors = codes.Errors + first;
        var lengths = codes.Lengths + first;
        var whole = count - (count % Vector<float>.Count);
        for (var i = 0; i < whole; i += Vector<float>.Count)
        {
            var dot = (Vector.Load(offsets + i) * _stepSum) + (Vector.Load(steps + i) * (Vector.ConvertToSingle(Vector.Load(dots + i)) * _step));
            Vector.Store(_metric == Metric.L2
                ? DistanceMargin(dot, Vector.Load(errors + i), Vector.Load(lengths + i), threshold)
                : DotMargin(dot, Vector.Load(errors + i), Vector.Load(lengths + i), threshold), margins + i);
        }

        for (var i = whole; i < count; i++)
        {
            var dot = new Vector<float>((offsets[i] * _stepSum) + (steps[i] * (dots[i] * _step)));
            var (error, length) = (new Vector<float>(errors[i]), new Vector<float>(lengths[i]));
            margins[i] = (_metric == Metric.L2 ? DistanceMargin(dot, error, length, threshold) : DotMargin(dot, error, length, threshold))[0];
        }

        var passing = 0UL;
        for (var i = 0; i < count; i++)
        {
            passing |= margins[i] < 0 ? 0 : 1UL << i;
        }

        return passing;
    }

    /// <summary>Gives its memory back.</summary>
    public void Return()
    {
        if (Bounds)
        {
            ArrayPool<short>.Shared.Return(_numbers);
        }
    }

    // Not negative where q·x, at most dot + |q| |r| + share · |q| |x|, may reach the threshold.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<float> DotMargin(Vector<float> dot, Vector<float> error, Vector<float> length, float threshold) =>
        dot + (error * (_length * (1.001f + _share))) + (length * (_length * _share)) + new Vector<float>(1e-40f - threshold);

    // Not negative where |q − x̂| − |r| may be at most √−threshold: share · (q² + x̂²) is what |q − x̂|² may be off.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<float> DistanceMargin(Vector<float> dot, Vector<float> error, Vector<float> square, float threshold)
    {
        var both = square + new Vector<float>(_length * _length);
        var reach = error + new Vector<float>(MathF.Sqrt(-threshold) * (1 + _share));
        return (reach * reach) + (both * (2 * _share)) + (dot * 2) - both + new Vector<float>(1e-40f);
    }
}
