using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Simile.Numerics.Kernels;

namespace Simile.Models.Onnx.Operators;

/// <summary>The operators' kernels in one vector width.</summary>
internal abstract unsafe class LaneKernels
{
    /// <summary>Row lengths are padded to a multiple of this. Padding is read and written, but its content is never used.</summary>
    public const int Padding = 32;

    /// <summary>Number of queries per block.</summary>
    public const int QueryRows = 48;

    /// <summary>Number of keys per block.</summary>
    public const int KeyColumns = 512;

    /// <summary>The kernels with the widest vectors of the processor.</summary>
    public static LaneKernels Best { get; } = Available().First();

    /// <summary>All kernels that the processor supports, widest first.</summary>
    public static IEnumerable<LaneKernels> Available()
    {
        if (Vector512.IsHardwareAccelerated)
        {
            yield return new LaneKernels<Lanes512, Vector512<float>>();
        }

        if (Vector256.IsHardwareAccelerated)
        {
            yield return new LaneKernels<Lanes256, Vector256<float>>();
        }

        yield return new LaneKernels<Lanes128, Vector128<float>>();
    }

    /// <summary>The padded length of a row.</summary>
    public static int Padded(int length) => (length + Padding - 1) / Padding * Padding;

    /// <summary>The Gaussian error linear unit x · Φ(x) (Hendrycks and Gimpel 2016), in place, with an error of 2e-7 · |x|.</summary>
    public abstract void Gelu(float* row, int length);

    /// <summary>
    /// Quantizes numbers to bytes around <paramref name="levels"/> + 1. The largest magnitude becomes that plus or minus levels.
    /// </summary>
    /// <returns>The scale of a byte minus (levels + 1). 0 for a zero row, NaN if a number is NaN.</returns>
    public abstract float ToBytes(float* row, int length, float levels, byte* target);

    /// <summary>Attention of one head. See <see cref="HeadAttention"/>.</summary>
    public abstract void Attend(HeadAttention head);
}

/// <typeparam name="TLanes">The vector width.</typeparam>
/// <typeparam name="TVector">A vector of it.</typeparam>
internal sealed unsafe partial class LaneKernels<TLanes, TVector> : LaneKernels
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
{
    // Abramowitz and Stegun 1964, formula 7.1.26: 1 − erf(z) to 1.5e-7, for z ≥ 0.
    private const float P = .3275911f, A1 = .254829592f, A2 = -.284496736f, A3 = 1.421413741f, A4 = -1.453152027f, A5 = 1.061405429f;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Gelu(float* row, int length)
    {
        var (zero, half, one) = (TLanes.Create(0), TLanes.Create(.5f), TLanes.Create(1));
        for (var i = 0; i < length; i += TLanes.Count)
        {
            var x = TLanes.Load(ref row[i], 0);
            var size = TLanes.Abs(x);
            var z = TLanes.Multiply(size, TLanes.Create(.70710678f));
            var t = TLanes.Divide(one, TLanes.MultiplyAdd(z, TLanes.Create(P), one));
            var sum = TLanes.MultiplyAdd(t, TLanes.Create(A5), TLanes.Create(A4));
            sum = TLanes.MultiplyAdd(t, sum, TLanes.Create(A3));
            sum = TLanes.MultiplyAdd(t, sum, TLanes.Create(A2));
            sum = TLanes.MultiplyAdd(t, sum, TLanes.Create(A1));
            var tail = TLanes.Multiply(TLanes.Multiply(t, sum), Exp(TLanes.Subtract(zero, TLanes.Multiply(z, z))));
            TLanes.Store(TLanes.Subtract(TLanes.Max(x, zero), TLanes.Multiply(TLanes.Multiply(size, half), tail)), ref row[i], 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override float ToBytes(float* row, int length, float levels, byte* target)
    {
        var whole = length - (length % TLanes.Count);
        var (largest, nothing) = (0f, 0f);
        var (greatest, nothings) = (TLanes.Create(0), TLanes.Create(0));
        for (var i = 0; i < whole; i += TLanes.Count)
        {
            var x = TLanes.Load(ref row[i], 0);
            greatest = TLanes.Max(greatest, TLanes.Abs(x));
            nothings = TLanes.MultiplyAdd(x, TLanes.Create(0), nothings);
        }

        for (var i = whole; i < length; i++)
        {
            largest = MathF.Max(largest, MathF.Abs(row[i]));
            nothing += row[i] * 0;
        }

        largest = MathF.Max(largest, TLanes.Greatest(greatest));
        var factor = largest > 0 ? levels / largest : 0;
        for (var i = 0; i < whole; i += TLanes.Count)
        {
            TLanes.StoreBytes(
                TLanes.Round(TLanes.MultiplyAdd(TLanes.Load(ref row[i], 0), TLanes.Create(factor), TLanes.Create(levels + 1))), target + i);
        }

        for (var i = whole; i < length; i++)
        {
            target[i] = (byte)MathF.Round(MathF.FusedMultiplyAdd(row[i], factor, levels + 1));
        }

        return (largest / levels) + nothing + TLanes.Sum(nothings);
    }

    // exp(x) for x ≤ 88, within 2 units in the last place; 1e-38 for x ≤ −87. x = n · ln 2 + r, and exp(r) by its power series.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Exp(TVector x)
    {
        x = TLanes.Max(x, TLanes.Create(-87));
        var n = TLanes.Round(TLanes.Multiply(x, TLanes.Create(1.44269504f)));
        var rest = TLanes.MultiplyAdd(n, TLanes.Create(-.693359375f), x);
        rest = TLanes.MultiplyAdd(n, TLanes.Create(2.12194440e-4f), rest);
        var sum = TLanes.MultiplyAdd(rest, TLanes.Create(1f / 5040), TLanes.Create(1f / 720));
        sum = TLanes.MultiplyAdd(rest, sum, TLanes.Create(1f / 120));
        sum = TLanes.MultiplyAdd(rest, sum, TLanes.Create(1f / 24));
        sum = TLanes.MultiplyAdd(rest, sum, TLanes.Create(1f / 6));
        sum = TLanes.MultiplyAdd(rest, sum, TLanes.Create(.5f));
        sum = TLanes.MultiplyAdd(rest, sum, TLanes.Create(1));
        sum = TLanes.MultiplyAdd(rest, sum, TLanes.Create(1));
        return TLanes.TimesPowerOfTwo(sum, n);
    }
}
