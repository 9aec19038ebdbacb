namespace Simile.Index.Hnsw;

/// <summary>How far scores of codes are from those of vectors, from the pairs seen so far (Welford's sums).</summary>
internal struct ScoreError
{
    // Fewer say nothing about how far errors spread.
    private const int Fewest = 16;

    // So many standard deviations above its expected score a vector may lie.
    private const double Margin = 3.5;

    private int _count;
    private double _mean;
    private double _squares;

    /// <summary>The best score that a vector can have whose code has this one; +∞ while too few were seen.</summary>
    public readonly float Best(float codeScore) =>
        _count < Fewest ? float.PositiveInfinity : (float)(codeScore + _mean + (Margin * Math.Sqrt(_squares / _count)));

    /// <summary>Sees a pair.</summary>
    public void See(float codeScore, float score)
    {
        double error = score - codeScore;
        var fromMean = error - _mean;
        _mean += fromMean / ++_count;
        _squares += fromMean * (error - _mean);
    }
}
