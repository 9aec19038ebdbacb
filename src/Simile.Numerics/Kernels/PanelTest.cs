namespace Simile.Numerics.Kernels;

/// <summary>The test that selects a pair of a row and a query for exact scoring: sign · sum + factor · row norm ≥ threshold.</summary>
/// <param name="sign">1 if a larger sum is closer, −1 if a smaller sum is closer.</param>
/// <param name="rowNorms">One number per row, computed from its norm.</param>
/// <param name="factors">One factor per query of the panel.</param>
/// <param name="thresholds">One threshold per query of the panel. NaN lets every row pass.</param>
internal readonly unsafe struct PanelTest(float sign, float* rowNorms, float* factors, float* thresholds)
{
    public readonly float Sign = sign;
    public readonly float* RowNorms = rowNorms;
    public readonly float* Factors = factors;
    public readonly float* Thresholds = thresholds;
}
