namespace Simile.Numerics.Kernels;

/// <summary>What makes a pair of a row and a query worth a closer look: sign · sum + factor · aside is not less than the threshold.</summary>
/// <param name="sign">1 where a greater sum is closer, −1 where a smaller one is.</param>
/// <param name="asides">A number for each row.</param>
/// <param name="factors">A number for each query of the panel.</param>
/// <param name="thresholds">A number for each query of the panel; NaN lets all through.</param>
internal readonly unsafe struct PanelTest(float sign, float* asides, float* factors, float* thresholds)
{
    public readonly float Sign = sign;
    public readonly float* Asides = asides;
    public readonly float* Factors = factors;
    public readonly float* Thresholds = thresholds;
}
