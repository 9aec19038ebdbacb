using System.Runtime.Intrinsics;
using Simile.Index.Memory;
using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Index.Codes;

/// <summary>One query's coordinates along axes, from axes of 8 bits and a query of 14: a quarter of the bytes, and no loss that codes could see.</summary>
internal sealed unsafe class QueryProjection : IDisposable
{
    private const float QueryLevels = 8191;
    private const float AxisLevels = 127;

    private readonly int _padded;
    private readonly NativeArray<sbyte> _axes;
    private readonly NativeArray<float> _steps;

    public QueryProjection(VectorMatrix axes)
    {
        _padded = Padded(axes.Dimensions);
        Count = (axes.Count + 3) & ~3;
        _axes = new NativeArray<sbyte>((long)Count * _padded);
        _steps = new NativeArray<float>(Count);
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
                _axes[((long)j * _padded) + i] = (sbyte)MathF.Round(axes[j][i] / _steps[j]);
            }
        }
    }

    /// <summary>Number of coordinates, a multiple of four.</summary>
    public int Count { get; }

    public long Bytes => _axes.Bytes + _steps.Bytes;

    /// <summary>Room that a query takes.</summary>
    public static int Padded(int dimensions) => (dimensions + 63) & ~63;

    /// <summary>Writes the coordinates of a query.</summary>
    /// <param name="query">Padded with zeros.</param>
    /// <param name="levels">Room for the padded query.</param>
    /// <param name="coordinates">Room for <see cref="Count"/> numbers.</param>
    public void Project<TKernel>(float* query, short* levels, float* coordinates)
        where TKernel : struct, ICodeKernel
    {
        var step = Quantize(query, levels);
        for (var j = 0; j < Count; j += 4)
        {
            var row = _axes.Pointer + ((long)j * _padded);
            var sums = TKernel.Bytes(levels, row, row + _padded, row + (2 * _padded), row + (3 * _padded), _padded);
            (Vector128.ConvertToSingle(sums) * Vector128.Load(_steps.Pointer + j) * step).Store(coordinates + j);
        }
    }

    /// <summary>As the other, by the widest vectors there are.</summary>
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

    /// <summary>The greatest absolute value of numbers, a multiple of eight.</summary>
    public static float Greatest(float* values, int count)
    {
        var most = Vector256.Create(1e-20f);
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
    }

    private float Quantize(float* query, short* levels)
    {
        var greatest = Greatest(query, _padded);
        var scale = Vector256.Create(QueryLevels / greatest);
        for (var i = 0; i < _padded; i += 16)
        {
            var lower = Vector256.ConvertToInt32(Vector256.Round(Vector256.Load(query + i) * scale));
            var upper = Vector256.ConvertToInt32(Vector256.Round(Vector256.Load(query + i + 8) * scale));
            Vector256.Narrow(lower, upper).Store(levels + i);
        }

        return greatest / QueryLevels;
    }
}
