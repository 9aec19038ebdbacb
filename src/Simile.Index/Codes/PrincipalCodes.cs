using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Simile.Index.Memory;
using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Index.Codes;

/// <summary>
/// Codes of a few cache lines: a vector's leading principal coordinates in 8 and 4 bits, and a word that completes the score.
/// </summary>
/// <remarks>
/// The ranges are computed without outliers. The coordinates of a vector outside them are divided by a power of two, which the word stores
/// (<see cref="ScaledWord"/>), so its code has the same relative precision. The reduced space is that of LeanVec (Tepper et al. 2023). In
/// addition, coordinates with more variance get 8 bits and the others 4. Layout: nibble i (4 bits) is the low half of byte i if i is less
/// than Half, else the high half of byte i − Half. An 8-bit coordinate takes two nibbles, the high one first. Immutable after construction.
/// </remarks>
internal sealed unsafe class PrincipalCodes : IDisposable
{
    // A vector is divided if clamping its coordinates to the ranges would lose more than this share of its squared length. With a tenth of
    // this limit, one in 20,000 vectors of a clean set (GloVe) is divided; all searches become 5 % slower, with the same recall.
    private const float MostCut = 0.2f;

    // A divided vector is kept apart, so that every search scores it by its floats, if its code loses this much more of its squared length
    // than the codes of other vectors do. Such a vector lies in a direction in which the others hardly vary.
    private const float MostLost = 0.3f;

    // The share of the rounding noise that counts as the minimum error. The errors of the best candidates spread less than average, and the
    // full noise would make searches rescore vectors that are surely too far (a tenth of the queries per second).
    private const float LeastNoise = 0.25f;

    // A query is far from all vectors if its distance from the mean is more than this multiple of theirs (root mean square), as in
    // UsualRows.
    private const float Far = 4;

    // A query that is scaled for its codes becomes at most so many times as long as the mean: a larger scale hardly lessens the error
    // further.
    private const float LongestQuery = 8;

    // It is scaled if that brings the error to this share. Queries like the vectors are not: theirs is the least error already.
    private const float LessError = 0.5f;

    private readonly float[] _ranges;
    private readonly float _squaredMean;
    private readonly float _mostLost;
    private readonly float _farSquared;
    private readonly QueryProjection _projection;
    private readonly float[] _steps;
    private readonly bool _squared;

    public PrincipalCodes(PrincipalAxes axes, CodeLayout layout, float[] ranges, Metric metric)
    {
        Axes = axes;
        Layout = layout;
        _ranges = ranges;
        _squared = metric == Metric.L2;
        _steps = Steps(layout, ranges);
        _squaredMean = Pairwise<Dot>.One(axes.Mean, axes.Mean);
        var all = axes.Variance.Sum(variance => (double)variance);
        _farSquared = _squared ? Far * Far * (float)all : float.PositiveInfinity;
        _mostLost = MostLost + (all > 0 ? (float)(2 * axes.Variance[layout.Coordinates..].Sum(variance => (double)variance) / all) : 0);
        _projection = new QueryProjection(
            new VectorMatrix(axes.Axes.AsSpan()[..(layout.Coordinates * axes.Axes.Dimensions)].ToArray(), axes.Axes.Dimensions));
    }

    public PrincipalAxes Axes { get; }

    public CodeLayout Layout { get; }

    /// <summary>The range of each coordinate's codes, from minus to plus this.</summary>
    public ReadOnlySpan<float> Ranges => _ranges;

    public long Bytes => _projection.Bytes + (Axes.Axes.AsSpan().Length + Axes.Mean.Length) * (long)sizeof(float);

    /// <summary>Finds axes, ranges, and the shortest layout with at least this many lines that keeps enough of the variance.</summary>
    public static PrincipalCodes Train(VectorMatrix sample, Metric metric, HnswCodes codes, int seed, int leastLines = 1)
    {
        var usual = UsualRows.Of(sample);
        sample = new VectorMatrix(usual.Count, usual.Dimensions);
        var mean = VectorMath.Center(usual, sample);
        for (var lines = leastLines; ; lines *= 2)
        {
            var axes = PrincipalAxes.Fit(sample, mean, CodeLayout.Room(lines), seed);
            var (layout, fine) = CodeLayout.Choose(lines, axes.Variance, codes);
            if (fine)
            {
                return new PrincipalCodes(axes, layout, FindRanges(axes, layout, sample), metric);
            }
        }
    }

    /// <summary>Encodes a vector.</summary>
    /// <param name="coordinates">The coordinates along the axes, from the mean.</param>
    /// <param name="centered">The vector minus the mean.</param>
    /// <param name="code">Receives <see cref="CodeLayout.Bytes"/> bytes.</param>
    public void Encode(ReadOnlySpan<float> coordinates, ReadOnlySpan<float> centered, byte* code)
    {
        var squaredNorm = Pairwise<Dot>.One(centered, centered);
        var exponent = Exponent(coordinates, squaredNorm);
        Write(coordinates, exponent, code);
        // −|q − x|² = 2 (q − m)·(x − m) − |x − m|² and q·x = (q − m)·(x − m) + m·(x − m), apart from terms that depend only on the query.
        var completion = _squared ? -squaredNorm : Pairwise<Dot>.One(centered, Axes.Mean);
        var word = float.IsFinite(completion) && (exponent == ScaledWord.One || Lost(coordinates, squaredNorm, exponent, code) <= _mostLost)
            ? ScaledWord.Pack(completion, exponent)
            : ScaledWord.OfApart;
        Unsafe.WriteUnaligned(code + Layout.Half, word);
    }

    /// <summary>
    /// Whether a query, from the mean, is far from all usual vectors: their distances to it hardly differ. Under L2 only; else length does
    /// not count.
    /// </summary>
    public bool IsFar(ReadOnlySpan<float> centered) => _squared && Pairwise<Dot>.One(centered, centered) > _farSquared;

    /// <summary>Whether a code says nothing about its vector.</summary>
    public bool IsApart(byte* code) => ScaledWord.Exponent(Unsafe.ReadUnaligned<float>(code + Layout.Half)) == ScaledWord.Apart;

    /// <summary>The factor by which the steps of a code exceed the usual ones.</summary>
    public float Factor(byte* code) => ScaledWord.Factor(ScaledWord.Exponent(Unsafe.ReadUnaligned<float>(code + Layout.Half)));

    private void Write(ReadOnlySpan<float> coordinates, int exponent, byte* code)
    {
        new Span<byte>(code, Layout.Bytes).Clear();
        var at = 0;
        var shrink = 1 / ScaledWord.Factor(exponent);
        for (var j = 0; j < Layout.Coordinates; j++)
        {
            var unit = ((coordinates[j] * shrink) + _ranges[j]) / (2 * _ranges[j]);
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
    }

    // The share of a vector's squared length that its code loses.
    private float Lost(ReadOnlySpan<float> coordinates, float squaredNorm, int exponent, byte* code)
    {
        var factor = ScaledWord.Factor(exponent);
        var (at, lost) = (0, squaredNorm);
        for (var j = 0; j < Layout.Coordinates; j++)
        {
            var level = j < Layout.Wide ? (Get(code, at++) << 4) + Get(code, at++) : Get(code, at++);
            var error = coordinates[j] - (factor * ((level * _steps[j]) - _ranges[j]));
            lost += (error * error) - (coordinates[j] * coordinates[j]);
        }

        return lost / squaredNorm;
    }

    /// <summary>Prepares a query: its weights for the low and high nibbles, and the scale of a sum of products.</summary>
    /// <param name="vector">Zero-padded; the mean is subtracted.</param>
    /// <param name="work">Scratch memory.</param>
    public float Prepare<TKernel>(float* vector, QueryWork work)
        where TKernel : struct, ICodeKernel
    {
        var query = new Span<float>(vector, Axes.Mean.Length);
        var scale = Scale(query);
        if (scale != 1)
        {
            VectorMath.Scale(query, scale, query);
        }

        work.Unit = 1 / scale;
        VectorMath.Subtract(query, Axes.Mean, query);
        var coordinates = work.Coordinates.Pointer;
        _projection.Project<TKernel>(vector, work.Levels.Pointer, coordinates);
        return Weigh(coordinates, work);
    }

    public void Dispose() => _projection.Dispose();

    /// <summary>Prepares one of the stored vectors as a query, from its coordinates.</summary>
    public float Prepare(QueryWork work)
    {
        work.Unit = 1;
        return Weigh(work.Coordinates.Pointer, work);
    }

    // A product's order does not depend on the query's length, but its error does: codes multiply q − m by errors of x − m. If q is much
    // shorter than m, or points elsewhere, −m is most of q − m, and its error hides the product. The error of a·q is |a·q − m| / a, least
    // where a·q − m is orthogonal to m.
    private float Scale(ReadOnlySpan<float> query)
    {
        if (_squared || _squaredMean == 0)
        {
            return 1;
        }

        var (own, product) = (Pairwise<Dot>.One(query, query), Pairwise<Dot>.One(query, Axes.Mean));
        var longest = LongestQuery * MathF.Sqrt(_squaredMean / own);
        var scale = product > 0 ? MathF.Min(longest, _squaredMean / product) : longest;
        var lessens = SquaredError(scale) < LessError * LessError * SquaredError(1);
        return lessens && float.IsNormal(scale) && float.IsNormal(1 / scale) ? scale : 1;

        float SquaredError(float factor) => own - (2 * product / factor) + (_squaredMean / (factor * factor));
    }

    // Weights are the coordinates times the steps.
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

        var factor = _squared ? 2 : 1;
        work.Noise = Noise(coordinates) * factor * work.Unit;
        work.Lowest = Pairwise<Dot>.One(new ReadOnlySpan<float>(coordinates, Layout.Coordinates), _ranges) * factor;
        var count = (2 * Layout.Wide) + Layout.Narrow;
        new Span<float>(weights + count, (2 * Layout.Bytes) - count).Clear();
        return factor * work.Nibbles.Set(weights, Layout);
    }

    // Rounding errors are uniform within a step.
    private float Noise(float* coordinates)
    {
        var sum = Vector256<float>.Zero;
        for (var j = 0; j < Layout.Coordinates; j += 8)
        {
            var product = Vector256.Load(coordinates + j) * Vector256.LoadUnsafe(ref _steps[j]);
            sum += product * product;
        }

        return LeastNoise * MathF.Sqrt(Vector256.Sum(sum) / 12);
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

    // The power of two that brings a vector into the ranges.
    private int Exponent(ReadOnlySpan<float> coordinates, float squaredNorm)
    {
        var (beyond, cut) = (1f, 0f);
        for (var j = 0; j < Layout.Coordinates; j++)
        {
            var size = MathF.Abs(coordinates[j]);
            var excess = MathF.Max(0, size - _ranges[j]);
            cut += excess * excess;
            beyond = MathF.Max(beyond, size / _ranges[j]);
        }

        if (cut <= MostCut * squaredNorm)
        {
            return ScaledWord.One;
        }

        return float.IsFinite(beyond)
            ? Math.Min(ScaledWord.Most - 2, ScaledWord.One + (int)MathF.Ceiling(MathF.Log2(beyond)))
            : ScaledWord.Most - 2;
    }

    private int Get(byte* code, int at) => at < Layout.Half ? code[at] & 15 : code[at - Layout.Half] >> 4;

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

    // Leading coordinates keep the full range of the sample, the others the best range for 4 bits.
    private static float[] FindRanges(PrincipalAxes axes, CodeLayout layout, VectorMatrix centered)
    {
        var along = new VectorMatrix(centered.Count, axes.Count);
        MatrixProduct.TimesTransposed(centered, axes.Axes, along);
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
