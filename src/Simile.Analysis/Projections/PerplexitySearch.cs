namespace Simile.Analysis.Projections;

/// <summary>Finds the width of a row's Gaussian that gives its neighbors the requested perplexity.</summary>
internal static class PerplexitySearch
{
    private const int Steps = 100;
    private const double Tolerance = 1e-5; // of the entropy, as scikit-learn
    private const double Least = 1e-8;

    /// <summary>
    /// Replaces squared distances by probabilities p(j | i) whose sum is 1: bisection on the precision β, as scikit-learn does it.
    /// </summary>
    public static void Run(Span<double> squares, double perplexity)
    {
        var wanted = Math.Log(perplexity);
        double beta = 1, low = double.NegativeInfinity, high = double.PositiveInfinity;
        Span<double> p = squares.Length <= 1024 ? stackalloc double[squares.Length] : new double[squares.Length];
        // Subtract the least distance. Probabilities do not change, but would underflow without it for rows far from the others.
        var nearest = double.PositiveInfinity;
        foreach (var square in squares)
        {
            nearest = Math.Min(nearest, square);
        }

        for (var step = 0; step < Steps; step++)
        {
            var difference = Entropy(squares, nearest, beta, p) - wanted;
            if (Math.Abs(difference) <= Tolerance)
            {
                break;
            }

            (low, high) = difference > 0 ? (beta, high) : (low, beta);
            beta = double.IsInfinity(high) ? beta * 2 : double.IsInfinity(low) ? beta / 2 : (low + high) / 2;
        }

        p.CopyTo(squares);
    }

    private static double Entropy(ReadOnlySpan<double> squares, double nearest, double beta, Span<double> p)
    {
        double sum = 0, weighted = 0;
        for (var j = 0; j < squares.Length; j++)
        {
            p[j] = Math.Exp(-(squares[j] - nearest) * beta);
            sum += p[j];
        }

        sum = Math.Max(sum, Least);
        for (var j = 0; j < squares.Length; j++)
        {
            p[j] /= sum;
            weighted += (squares[j] - nearest) * p[j];
        }

        return Math.Log(sum) + (beta * weighted);
    }
}
