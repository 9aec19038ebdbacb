using System.Runtime.CompilerServices;

namespace Simile.Numerics.Kernels;

/// <summary>Σ aᵢ bᵢ.</summary>
internal readonly struct Dot : IStep
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Scalar(float sum, float a, float b) => sum + (a * b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Lanes<TLanes, TVector>(TVector sum, TVector a, TVector b)
        where TLanes : ILanes<TVector>
        where TVector : struct =>
        TLanes.MultiplyAdd(a, b, sum);
}
