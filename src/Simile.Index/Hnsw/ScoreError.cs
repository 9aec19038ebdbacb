namespace Simile.Index.Hnsw;

/// <summary>How far scores of codes are from those of vectors, from the pairs seen so far (Welford's sums).</summary>
/// <param name="noise">The least standard deviation: that of rounding to codes. Codes that are all equal show no error, and have one.</param>
/// <param name="margin">So many standard deviations above its expected score a vector may lie.</param>
internal struct ScoreError(double noise, double margin)
{
    /// <summary>The margin of a search that is not to find everything: one in some thousand answers is missed.</summary>
    public const double Margin = 3.5;

    // Fewer say nothing about how far errors spread.
    private const int Fewest = 16;

    // From so many candidates on a search is after the last tenth of a percent: the margin grows by this whenever they double.
    private const int Many = 64;
    private const double Growth = 1.3;

    private int _count;
    private double _mean;
    private double _squares;

    /// <summary>The margin of a search with so many candidates.</summary>
    public static double MarginOf(int candidates) => Margin + (candidates <= Many ? 0 : Growth * Math.Log2(candidates / (double)Many));

    /// <summary>The best score that a vector can have whose code has this one; +∞ while too few were seen.</summary>
    /// <param name="codeScore">The code's.</param>
    /// <param name="factor">How many times greater the code's steps are than a usual one's.</param>
    public readonly float Best(float codeScore, float factor = 1) =>
        _count < Fewest ? float.PositiveInfinity : (float)(codeScore + _mean + (margin * factor * Math.Max(noise, Math.Sqrt(_squares / _count))));

    /// <summary>Sees a pair.</summary>
    public void See(float codeScore, float score)
    {
        double error = score - codeScore;
        var fromMean = error - _mean;
        _mean += fromMean / ++_count;
        _squares += fromMean * (error - _mean);
    }
}
