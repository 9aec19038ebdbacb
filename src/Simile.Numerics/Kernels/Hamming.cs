using System.Runtime.CompilerServices;

namespace Simile.Numerics.Kernels;

/// <summary>The number of components that differ.</summary>
internal readonly struct Hamming : IStep
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Scalar(float sum, float a, float b) => a == b ? sum : sum + 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Lanes<TLanes, TVector>(TVector sum, TVector a, TVector b)
        where TLanes : ILanes<TVector>
        where TVector : struct =>
        TLanes.CountDifferent(sum, a, b);
}
