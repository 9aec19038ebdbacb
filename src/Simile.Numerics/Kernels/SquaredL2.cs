using System.Runtime.CompilerServices;

namespace Simile.Numerics.Kernels;

/// <summary>Σ (aᵢ − bᵢ)².</summary>
internal readonly struct SquaredL2 : IStep
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Scalar(float sum, float a, float b) => sum + ((a - b) * (a - b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Lanes<TLanes, TVector>(TVector sum, TVector a, TVector b)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        var difference = TLanes.Subtract(a, b);
        return TLanes.MultiplyAdd(difference, difference, sum);
    }
}
