namespace Simile.Numerics.Kernels;

/// <summary>What a comparison of two vectors does with one pair of components; the sum over all of them is its result.</summary>
internal interface IStep
{
    /// <summary>sum + f(a, b), one number at a time.</summary>
    static abstract float Scalar(float sum, float a, float b);

    /// <summary>sum + f(a, b), lane by lane.</summary>
    static abstract TVector Lanes<TLanes, TVector>(TVector sum, TVector a, TVector b)
        where TLanes : ILanes<TVector>
        where TVector : struct;
}
