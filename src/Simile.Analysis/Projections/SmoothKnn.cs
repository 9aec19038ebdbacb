namespace Simile.Analysis.Projections;

/// <summary>
/// UMAP's local metric: for each row a distance ρ that counts as 0, and a scale σ that gives the weights of its neighbors the required
/// sum.
/// </summary>
internal static class SmoothKnn
{
    private const int Steps = 64;
    private const double Tolerance = 1e-5;
    private const double LeastScale = 1e-3; // of the mean distance

    /// <summary>σ and ρ of one row, as umap-learn finds them.</summary>
    /// <param name="distances">Distances to the neighbors in ascending order, without the row itself.</param>
    /// <param name="connectivity">How many of the nearest neighbors get an edge of weight 1 (umap-learn's local_connectivity).</param>
    /// <param name="meanOfAll">
    /// The mean neighbor distance of all rows. It replaces a row's own mean if that is 0.
    /// </param>
    public static (double Sigma, double Rho) Find(ReadOnlySpan<float> distances, double connectivity, double meanOfAll)
    {
        var rho = Rho(distances, connectivity);
        var (low, high, sigma) = (0.0, double.PositiveInfinity, 1.0);
        var target = Math.Log2(distances.Length + 1);
        for (var step = 0; step < Steps; step++)
        {
            var sum = Sum(distances, rho, sigma);
            if (Math.Abs(sum - target) < Tolerance)
            {
                break;
            }

            (low, high) = sum > target ? (low, sigma) : (sigma, high);
            sigma = double.IsInfinity(high) ? sigma * 2 : (low + high) / 2;
        }

        // The mean includes the row itself, with distance 0.
        var mean = rho > 0 ? distances.ToArray().Sum(d => (double)d) / (distances.Length + 1) : meanOfAll;
        return (Math.Max(sigma, LeastScale * mean), rho);
    }

    private static double Rho(ReadOnlySpan<float> distances, double connectivity)
    {
        var zeros = 0;
        while (zeros < distances.Length && distances[zeros] <= 0)
        {
            zeros++;
        }

        var above = distances[zeros..];
        if (above.IsEmpty)
        {
            return 0;
        }

        if (above.Length < connectivity)
        {
            return above[^1];
        }

        var index = (int)connectivity;
        var rest = connectivity - index;
        var rho = index > 0 ? above[index - 1] : 0.0;
        return rest > Tolerance && index < above.Length ? rho + (rest * (above[index] - rho)) : rho;
    }

    private static double Sum(ReadOnlySpan<float> distances, double rho, double sigma)
    {
        var sum = 0.0;
        foreach (var distance in distances)
        {
            var beyond = distance - rho;
            sum += beyond > 0 ? Math.Exp(-beyond / sigma) : 1;
        }

        return sum;
    }
}
