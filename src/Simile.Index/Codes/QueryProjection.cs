using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Simile.Index.Memory;
using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Index.Codes;

/// <summary>
/// Computes a query's coordinates along axes, with 8-bit axes and a 7-bit query, or 14 bits if one component is much larger than the
/// others. The loss is below that of the codes.
/// </summary>
internal sealed unsafe class QueryProjection : IDisposable
{
    // The loss of 7 bits grows with the largest component. Above this multiple of the mean magnitude it would be noticeable.
    private const float MostTowering = 8;

    private const float CoarseLevels = 63;
    private const float FineLevels = 8191;
    private const float AxisLevels = 127;

    private readonly int _padded;
    private readonly NativeArray<sbyte> _axes;
    private readonly NativeArray<float> _steps;
    private readonly NativeArray<int> _sums;

    public QueryProjection(VectorMatrix axes)
    {
        _padded = Padded(axes.Dimensions);
        Count = (axes.Count + 3) & ~3;
        _axes = new NativeArray<sbyte>((long)Count * _padded);
        _steps = new NativeArray<float>(Count);
        _sums = new NativeArray<int>(Count);
        for (var j = 0; j < axes.Count; j++)
        {
            var greatest = 1e-20f;
            foreach (var value in axes[j])
            {
                greatest = MathF.Max(greatest, MathF.Abs(value));
            }

            _steps[j] = greatest / AxisLevels;
            for (var i = 0; i < axes.Dimensions; i++)
            {
                var level = (sbyte)MathF.Round(axes[j][i] / _steps[j]);
                _axes[((long)j * _padded) + i] = level;
                _sums[j] += level;
            }
        }
    }

    /// <summary>Number of coordinates, a multiple of four.</summary>
    public int Count { get; }

    public long Bytes => _axes.Bytes + _steps.Bytes + _sums.Bytes;

    /// <summary>Floats of scratch memory per query.</summary>
    public static int Padded(int dimensions) => (dimensions + 63) & ~63;

    /// <summary>Computes the coordinates of a query.</summary>
    /// <param name="query">Zero-padded.</param>
    /// <param name="levels">Scratch for the padded query.</param>
    /// <param name="coordinates">Receives <see cref="Count"/> numbers.</param>
    public void Project<TKernel>(float* query, short* levels, float* coordinates)
        where TKernel : struct, ICodeKernel
    {
        var greatest = Greatest(query, _padded);
        var components = new ReadOnlySpan<float>(query, _padded);
        if (greatest * greatest * _padded > MostTowering * MostTowering * Pairwise<Dot>.One(components, components))
        {
            Fine<TKernel>(query, greatest / FineLevels, levels, coordinates);
        }
        else
        {
            Coarse<TKernel>(query, greatest / CoarseLevels, (byte*)levels, coordinates);
        }
    }

    /// <summary>As the other overload, with the widest vectors.</summary>
    public void Project(float* query, short* levels, float* coordinates)
    {
        switch (KernelPaths.Best)
        {
            case KernelPath.Vector512:
                Project<CodeKernel512>(query, levels, coordinates);
                break;
            case KernelPath.Vector256:
                Project<CodeKernel256>(query, levels, coordinates);
                break;
            default:
                Project<CodeKernel128>(query, levels, coordinates);
                break;
        }
    }

    /// <summary>The largest absolute value. The length is a multiple of eight.</summary>
    public static float Greatest(float* values, int count)
    {
        var most = Vector256.Create(1e-30f);
        for (var i = 0; i < count; i += 8)
        {
            most = Vector256.Max(most, Vector256.Abs(Vector256.Load(values + i)));
        }

        var half = Vector128.Max(most.GetLower(), most.GetUpper());
        return MathF.Max(MathF.Max(half[0], half[1]), MathF.Max(half[2], half[3]));
    }

    public void Dispose()
    {
        _axes.Dispose();
        _steps.Dispose();
        _sums.Dispose();
    }

    private void Fine<TKernel>(float* query, float step, short* levels, float* coordinates)
        where TKernel : struct, ICodeKernel
    {
        for (var i = 0; i < _padded; i += 16)
        {
            Vector256.Narrow(Whole(query + i, step), Whole(query + i + 8, step)).Store(levels + i);
        }

        for (var j = 0; j < Count; j += 4)
        {
            var row = _axes.Pointer + ((long)j * _padded);
            Store(TKernel.Bytes(levels, row, row + _padded, row + (2 * _padded), row + (3 * _padded), _padded), j, step, coordinates);
        }
    }

    // Levels are shifted by 64, so that none is negative.
    private void Coarse<TKernel>(float* query, float step, byte* levels, float* coordinates)
        where TKernel : struct, ICodeKernel
    {
        for (var i = 0; i < _padded; i += 32)
        {
            var first = Vector256.Narrow(Whole(query + i, step), Whole(query + i + 8, step));
            var second = Vector256.Narrow(Whole(query + i + 16, step), Whole(query + i + 24, step));
            (Vector256.Narrow(first, second) + Vector256.Create((sbyte)64)).AsByte().Store(levels + i);
        }

        for (var j = 0; j < Count; j += 4)
        {
            var row = _axes.Pointer + ((long)j * _padded);
            var sums = TKernel.Bytes(levels, row, row + _padded, row + (2 * _padded), row + (3 * _padded), _padded);
            Store(sums - (64 * Vector128.Load(_sums.Pointer + j)), j, step, coordinates);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(Vector128<int> sums, int first, float step, float* coordinates) =>
        (Vector128.ConvertToSingle(sums) * Vector128.Load(_steps.Pointer + first) * step).Store(coordinates + first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Whole(float* values, float step) =>
        Vector256.ConvertToInt32(Vector256.Round(Vector256.Load(values) * (1 / step)));
}
