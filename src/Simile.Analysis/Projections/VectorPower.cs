using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simile.Analysis.Projections;

/// <summary>Powers of eight positive numbers at once.</summary>
internal static class VectorPower
{
    /// <summary>xᵖ, to about 2e-6 relative; x below the smallest normal number is raised to it.</summary>
    /// <remarks>
    /// 2^(p log₂ x): the logarithm by the atanh series of the mantissa in [√½, √2), the power by a Taylor polynomial of 2^f, |f| ≤ ½.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Raise(Vector256<float> x, Vector256<float> p) => Exp2(p * Log2(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Log2(Vector256<float> x)
    {
        const int SqrtHalf = 0x3F3504F3;
        var bits = Vector256.Max(x, Vector256.Create(1.17549435e-38f)).AsInt32();
        var exponent = Vector256.ShiftRightArithmetic(bits - Vector256.Create(SqrtHalf), 23);
        var mantissa = (bits - Vector256.ShiftLeft(exponent, 23)).AsSingle();
        var t = (mantissa - Vector256<float>.One) / (mantissa + Vector256<float>.One); // |t| ≤ 0.172
        var square = t * t;
        // 2 / ln 2 · (t + t³/3 + t⁵/5 + t⁷/7)
        var series = (((Vector256.Create(0.41219859f) * square) + Vector256.Create(0.57707802f)) * square) + Vector256.Create(0.96179669f);
        return Vector256.ConvertToSingle(exponent) + (t * ((series * square) + Vector256.Create(2.88539008f)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Exp2(Vector256<float> x)
    {
        var bounded = Vector256.Min(Vector256.Max(x, Vector256.Create(-125f)), Vector256.Create(126f));
        var whole = Vector256.Floor(bounded + Vector256.Create(0.5f));
        var f = bounded - whole;
        var power = Vector256.Create(0.00015403531f);
        power = (power * f) + Vector256.Create(0.0013333558f);
        power = (power * f) + Vector256.Create(0.0096181291f);
        power = (power * f) + Vector256.Create(0.055504109f);
        power = (power * f) + Vector256.Create(0.24022651f);
        power = (power * f) + Vector256.Create(0.69314718f);
        power = (power * f) + Vector256<float>.One;
        var scale = Vector256.ShiftLeft(Vector256.ConvertToInt32(whole) + Vector256.Create(127), 23).AsSingle();
        return power * scale;
    }
}
