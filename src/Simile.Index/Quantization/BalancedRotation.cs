using Simile.Numerics;

namespace Simile.Index.Quantization;

/// <summary>Assigns the principal axes of a sample to subspaces: row i of the result is the direction that becomes dimension i.</summary>
internal static class BalancedRotation
{
    public static VectorMatrix Of(VectorMatrix sample, int[] starts)
    {
        var d = sample.Dimensions;
        var centered = new VectorMatrix(sample.Count, d);
        VectorMath.Center(sample, centered);
        var eigen = PrincipalAxes.Decompose(centered);
        var rotation = new VectorMatrix(d, d);
        var used = new int[starts.Length - 1];
        var logs = new double[used.Length];
        for (var i = 0; i < d; i++)
        {
            // The next largest goes to the subspace with the smallest product of variances that has space.
            var best = Enumerable.Range(0, used.Length).Where(j => starts[j] + used[j] < starts[j + 1]).MinBy(j => logs[j]);
            eigen.Vectors[i].CopyTo(rotation[starts[best] + used[best]++]);
            logs[best] += Math.Log(Math.Max(eigen.Values[i], float.Epsilon));
        }

        return rotation;
    }
}
