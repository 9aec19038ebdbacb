using System.Runtime.CompilerServices;

namespace Simile.Numerics.Kernels;

/// <summary>Σ bᵢ + aᵢ |bᵢ|: the sum of a vector, greater by a share of its length. NaN where a component is huge.</summary>
internal readonly struct LaxSum : IStep
{
    // Times this, numbers from 10³⁰ on are infinite; infinity times zero is NaN.
    private const float Beyond = 3.5e8f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Scalar(float sum, float a, float b) => sum + b + (a * Math.Abs(b)) + (b * Beyond * 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Lanes<TLanes, TVector>(TVector sum, TVector a, TVector b)
        where TLanes : ILanes<TVector>
        where TVector : struct =>
        TLanes.MultiplyAdd(TLanes.Multiply(b, TLanes.Create(Beyond)), TLanes.Create(0), TLanes.MultiplyAdd(a, TLanes.Abs(b), TLanes.Add(sum, b)));
}
