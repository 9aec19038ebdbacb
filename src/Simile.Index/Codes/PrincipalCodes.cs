using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Simile.Index.Memory;
using Simile.Numerics;

namespace Simile.Index.Codes;

/// <summary>Codes of one or a few cache lines: a vector's leading principal coordinates in 8 and 4 bits, and a float that completes the score.</summary>
/// <remarks>
/// The reduced space is LeanVec's (Tepper et al. 2023), the mixed widths are ours: what varies most gets the more bits.
/// A code's nibble i is in the low half of byte i, or in the high half of byte i − Half; a coordinate of 8 bits takes two, the greater first.
/// Immutable after construction.
/// </remarks>
internal sealed unsafe class PrincipalCodes : IDisposable
{
    private readonly float[] _ranges;
    private readonly QueryProjection _projection;
    private readonly float[] _steps;
    private readonly float[] _middle;
    private readonly bool _squared;

    public PrincipalCodes(PrincipalAxes axes, CodeLayout layout, float[] ranges, Metric metric)
    {
        Axes = axes;
        Layout = layout;
        _ranges = ranges;
        _squared = metric == Metric.L2;
        _steps = Steps(layout, ranges);
        _middle = _squared ? new float[layout.Coordinates] : axes.MeanCoordinates()[..layout.Coordinates];
        _projection = new QueryProjection(new VectorMatrix(axes.Axes.AsSpan()[..(layout.Coordinates * axes.Axes.Dimensions)].ToArray(), axes.Axes.Dimensions));
    }

    public PrincipalAxes Axes { get; }

    public CodeLayout Layout { get; }

    /// <summary>Each coordinate's codes reach from minus to plus this.</summary>
    public ReadOnlySpan<float> Ranges => _ranges;

    public long Bytes => _projection.Bytes + (Axes.Axes.AsSpan().Length + Axes.Mean.Length) * (long)sizeof(float);

    /// <summary>Finds axes, the shortest layout that keeps enough of the variance, and the ranges. The sample is centred in place.</summary>
    public static PrincipalCodes Train(VectorMatrix sample, Metric metric, HnswCodes codes, int seed)
    {
        var mean = VectorMath.Centre(sample, sample);
        for (var lines = 1; ; lines *= 2)
        {
            var axes = PrincipalAxes.Fit(sample, mean, CodeLayout.Room(lines), seed);
            var (layout, fine) = CodeLayout.Choose(lines, axes.Variance, codes);
            if (fine)
            {
                return new PrincipalCodes(axes, layout, FindRanges(axes, layout, sample), metric);
            }
        }
    }

    /// <summary>Writes the code of a vector.</summary>
    /// <param name="coordinates">Along the axes, from the mean.</param>
    /// <param name="squaredNorm">Of the vector from the mean.</param>
    /// <param name="code">Room for <see cref="CodeLayout.Bytes"/>.</param>
    public void Encode(ReadOnlySpan<float> coordinates, float squaredNorm, byte* code)
    {
        new Span<byte>(code, Layout.Bytes).Clear();
        var at = 0;
        for (var j = 0; j < Layout.Coordinates; j++)
        {
            var unit = (coordinates[j] + _ranges[j]) / (2 * _ranges[j]);
            if (j < Layout.Wide)
            {
                var level = (int)Math.Clamp(MathF.Round(unit * 255), 0, 255);
                Put(code, at++, level >> 4);
                Put(code, at++, level & 15);
            }
            else
            {
                Put(code, at++, (int)Math.Clamp(MathF.Round(unit * 15), 0, 15));
            }
        }

        Unsafe.WriteUnaligned(code + Layout.Half, _squared ? -squaredNorm : 0);
    }

    /// <summary>Makes a query ready: its weights for the nibbles in the low and the high halves, and what a sum of products is multiplied by.</summary>
    /// <param name="vector">Padded with zeros; changed where the metric takes distances from the mean.</param>
    /// <param name="work">Room for the numbers on the way.</param>
    public float Prepare<TKernel>(float* vector, QueryWork work)
        where TKernel : struct, ICodeKernel
    {
        if (_squared)
        {
            var query = new Span<float>(vector, Axes.Mean.Length);
            VectorMath.Subtract(query, Axes.Mean, query);
        }

        var coordinates = work.Coordinates.Pointer;
        _projection.Project<TKernel>(vector, work.Levels.Pointer, coordinates);
        return Weigh(coordinates, work);
    }

    public void Dispose() => _projection.Dispose();

    /// <summary>Makes one of the vectors themselves ready as a query, from its coordinates.</summary>
    public float Prepare(QueryWork work)
    {
        var coordinates = work.Coordinates.Pointer;
        for (var j = 0; j < _middle.Length; j++)
        {
            coordinates[j] += _middle[j];
        }

        return Weigh(coordinates, work);
    }

    // Weights are the coordinates times the steps of the levels.
    private float Weigh(float* coordinates, QueryWork work)
    {
        var weights = work.Weights.Pointer;
        for (var j = 0; j < Layout.Wide; j++)
        {
            weights[2 * j] = 16 * coordinates[j] * _steps[j];
            weights[(2 * j) + 1] = coordinates[j] * _steps[j];
        }

        for (var j = Layout.Wide; j < Layout.Coordinates; j += 8)
        {
            (Vector256.Load(coordinates + j) * Vector256.LoadUnsafe(ref _steps[j])).Store(weights + Layout.Wide + j);
        }

        var count = (2 * Layout.Wide) + Layout.Narrow;
        new Span<float>(weights + count, (2 * Layout.Bytes) - count).Clear();
        return (_squared ? 2 : 1) * work.Nibbles.Set(weights, Layout);
    }

    private static float[] Steps(CodeLayout layout, float[] ranges)
    {
        var steps = new float[ranges.Length + 8];
        for (var j = 0; j < ranges.Length; j++)
        {
            steps[j] = 2 * ranges[j] / (j < layout.Wide ? 255 : 15);
        }

        return steps;
    }

    private void Put(byte* code, int at, int nibble)
    {
        if (at < Layout.Half)
        {
            code[at] |= (byte)nibble;
        }
        else
        {
            code[at - Layout.Half] |= (byte)(nibble << 4);
        }
    }

    // The leading coordinates keep all of the sample, the others what is worth four bits.
    private static float[] FindRanges(PrincipalAxes axes, CodeLayout layout, VectorMatrix centred)
    {
        var along = new VectorMatrix(centred.Count, axes.Count);
        MatrixProduct.TimesTransposed(centred, axes.Axes, along);
        var ranges = new float[layout.Coordinates];
        for (var j = 0; j < ranges.Length; j++)
        {
            var range = j < layout.Wide ? Greatest(along, j) : CodeLayout.NarrowRange * MathF.Sqrt(axes.Variance[j]);
            ranges[j] = MathF.Max(range, 1e-20f);
        }

        return ranges;
    }

    private static float Greatest(VectorMatrix coordinates, int column)
    {
        var greatest = 0f;
        for (var i = 0; i < coordinates.Count; i++)
        {
            greatest = MathF.Max(greatest, MathF.Abs(coordinates[i][column]));
        }

        return greatest;
    }
}
