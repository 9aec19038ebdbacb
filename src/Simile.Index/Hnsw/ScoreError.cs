namespace Simile.Index.Hnsw;

/// <summary>Estimates the error of code scores from the pairs seen so far (Welford's method).</summary>
/// <param name="noise">The minimum standard deviation: that of rounding. Equal codes show no error but have one.</param>
/// <param name="margin">The number of standard deviations by which an exact score may exceed the code's estimate.</param>
internal struct ScoreError(double noise, double margin)
{
    /// <summary>The margin of an ordinary search: one in some thousand answers is missed.</summary>
    public const double Margin = 3.5;

    // Fewer pairs say nothing about the spread.
    private const int Fewest = 16;

    // From this number of candidates on, a search aims at the last tenth of a percent: the margin grows by this with each doubling.
    private const int Many = 64;
    private const double Growth = 1.3;

    // The best few hundred of some ten thousand codes are ten standard deviations apart if codes are good, and about one if they say
    // nothing.
    private const double Few = 4;

    private int _count;
    private double _mean;
    private double _squares;

    /// <summary>The margin of a search with the given number of candidates.</summary>
    public static double MarginOf(int candidates) => Margin + (candidates <= Many ? 0 : Growth * Math.Log2(candidates / (double)Many));

    /// <summary>The best possible score of a vector with the given code score; +∞ while too few pairs were seen.</summary>
    /// <param name="codeScore">The score of the code.</param>
    /// <param name="factor">The factor by which the code's steps exceed the usual ones.</param>
    public readonly float Best(float codeScore, float factor = 1) =>
        _count < Fewest
            ? float.PositiveInfinity
            : (float)(codeScore + _mean + (margin * factor * Math.Max(noise, Math.Sqrt(_squares / _count))));

    /// <summary>Whether code scores a range apart tell vectors apart: the range is a few standard deviations of the errors seen.</summary>
    public readonly bool Tells(float range) => range >= Few * Math.Sqrt(_squares / Math.Max(1, _count));

    /// <summary>Adds a pair.</summary>
    public void See(float codeScore, float score)
    {
        double error = score - codeScore;
        var fromMean = error - _mean;
        _mean += fromMean / ++_count;
        _squares += fromMean * (error - _mean);
    }
}
