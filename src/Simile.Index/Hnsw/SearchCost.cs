namespace Simile.Index.Hnsw;

/// <summary>What searches cost, in nanoseconds measured on one machine (bench/Recall): only their ratio matters.</summary>
/// <param name="Line">Reading a cache line in order and scoring it.</param>
/// <param name="Jump">Reading a code or vector somewhere and scoring it, with the share of the walk that it takes.</param>
internal readonly record struct SearchCost(double Line, double Jump)
{
    // Vectors scored for each candidate kept.
    private const double ScoredEach = 14;

    public static SearchCost OfCodes(int lines) => new(4 + (3 * lines), 20 + (8 * lines));

    public static SearchCost OfRows(int dimensions) => new(8 + (dimensions / 8.0), 30 + (dimensions / 6.0));

    public double OfScan(int vectors) => vectors * Line;

    public double OfWalk(long kept) => kept * ScoredEach * Jump;
}
