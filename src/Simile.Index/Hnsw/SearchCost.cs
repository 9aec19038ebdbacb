namespace Simile.Index.Hnsw;

/// <summary>Cost estimates of searches, in nanoseconds measured on one machine (bench/Recall). Only ratios matter.</summary>
/// <param name="Line">Reading a cache line sequentially and scoring it.</param>
/// <param name="Jump">Reading a code or vector at a random position and scoring it, including its share of the walk.</param>
internal readonly record struct SearchCost(double Line, double Jump)
{
    // Scored vectors per candidate.
    private const double ScoredEach = 14;

    public static SearchCost OfCodes(int lines) => new(4 + (3 * lines), 20 + (8 * lines));

    public static SearchCost OfRows(int dimensions) => new(8 + (dimensions / 8.0), 30 + (dimensions / 6.0));

    public double OfScan(int vectors) => vectors * Line;

    public double OfWalk(long kept) => kept * ScoredEach * Jump;
}
