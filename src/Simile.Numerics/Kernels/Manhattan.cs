using System.Runtime.CompilerServices;

namespace Simile.Numerics.Kernels;

/// <summary>Σ |aᵢ − bᵢ|.</summary>
internal readonly struct Manhattan : IStep
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Scalar(float sum, float a, float b) => sum + Math.Abs(a - b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Lanes<TLanes, TVector>(TVector sum, TVector a, TVector b)
        where TLanes : ILanes<TVector>
        where TVector : struct =>
        TLanes.Add(sum, TLanes.Abs(TLanes.Subtract(a, b)));
}
