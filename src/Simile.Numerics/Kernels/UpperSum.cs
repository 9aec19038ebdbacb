using System.Runtime.CompilerServices;

namespace Simile.Numerics.Kernels;

/// <summary>
/// Σ bᵢ + aᵢ |bᵢ|: the sum of a vector plus a fraction of its absolute sum. The result is an upper bound that covers rounding. NaN if a
/// component is huge.
/// </summary>
internal readonly struct UpperSum : IStep
{
    // Components from 10³⁰ on overflow to infinity with this factor, and infinity times zero is NaN.
    private const float Beyond = 3.5e8f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Scalar(float sum, float a, float b) => sum + b + (a * Math.Abs(b)) + (b * Beyond * 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Lanes<TLanes, TVector>(TVector sum, TVector a, TVector b)
        where TLanes : ILanes<TVector>
        where TVector : struct =>
        TLanes.MultiplyAdd(
            TLanes.Multiply(b, TLanes.Create(Beyond)), TLanes.Create(0), TLanes.MultiplyAdd(a, TLanes.Abs(b), TLanes.Add(sum, b)));
}
