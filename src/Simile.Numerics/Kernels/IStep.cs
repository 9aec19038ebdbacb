namespace Simile.Numerics.Kernels;

/// <summary>One step of a comparison: combines one pair of components into the running sum.</summary>
internal interface IStep
{
    /// <summary>sum + f(a, b) for one pair.</summary>
    static abstract float Scalar(float sum, float a, float b);

    /// <summary>sum + f(a, b) for each lane.</summary>
    static abstract TVector Lanes<TLanes, TVector>(TVector sum, TVector a, TVector b)
        where TLanes : ILanes<TVector>
        where TVector : struct;
}
