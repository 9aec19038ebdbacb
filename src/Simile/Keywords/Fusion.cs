namespace Simile.Keywords;

/// <summary>Adds what the words of a query say about an item to the cosine of its vector.</summary>
/// <remarks>
/// Items without a word of the query keep their cosine. The bonus of the others is measured in standard deviations of the query's cosines,
/// so that it means the same for every model, and it is small if the words say little about this query: if the store does not know them
/// (they are of another language), if it holds few items, or if one item is much nearer in meaning than all others.
/// </remarks>
/// <param name="matches">The matches of the query.</param>
/// <param name="spread">How the query's cosines are spread.</param>
internal sealed class Fusion(KeywordMatches matches, CosineSpread spread)
{
    /// <summary>The number of items that estimate the standard deviation.</summary>
    public const int Sample = 1000;

    private readonly double _scale = Scale(matches, spread);

    /// <summary>How many of the best by meaning and of the best by words are compared.</summary>
    public static int Candidates(int top) => Math.Max(200, 2 * top);

    /// <summary>The score of an item by meaning and words: from its cosine to 1.</summary>
    /// <param name="item">The item.</param>
    /// <param name="cosine">The cosine of its vector.</param>
    /// <param name="terms">The terms that the items of its file hold together.</param>
    public float Score(long item, float cosine, ulong terms)
    {
        var raised = cosine + (_scale * WordScore(item, terms));
        if (raised <= spread.Best)
        {
            return (float)raised;
        }

        // Above the best cosine the order stays, and 1 is never reached. Without a bonus, the score is the cosine.
        var (room, above) = (1 - spread.Best, raised - spread.Best);
        return room <= 0 ? (float)spread.Best : (float)(spread.Best + (room * above / (room + above)));
    }

    /// <summary>The score of an item by words alone, 0 to 1.</summary>
    /// <param name="item">The item.</param>
    /// <param name="terms">The terms that the items of its file hold together.</param>
    public float KeywordScore(long item, ulong terms) => matches.Maximum > 0 ? (float)(WordScore(item, terms) / matches.Maximum) : 0;

    // Passages of one file support each other: a term that only another passage holds counts in part.
    private double WordScore(long item, ulong terms)
    {
        var match = matches.Items.GetValueOrDefault(item);
        return match.Score + (FusionWeights.Chosen.FileSupport * matches.Score(terms & ~match.Terms));
    }

    private static double Scale(KeywordMatches matches, CosineSpread spread)
    {
        if (matches.Best == 0 || matches.Deviation == 0)
        {
            return 0;
        }

        var weights = FusionWeights.Chosen;
        var deviation = Math.Max(spread.Deviation, weights.LeastDeviation);
        var best = Math.Min(matches.Best / matches.Deviation, weights.Most);
        var trust = matches.Query.IsSymbol
            ? weights.Symbol
            : Known(matches, weights) * Enough(matches, weights) / (1 + Clearness(spread, deviation, weights));
        return deviation * weights.Standard * best * trust / matches.Best;
    }

    private static double Known(KeywordMatches matches, FusionWeights weights) =>
        Math.Clamp((matches.Known - weights.KnownLow) / (weights.KnownHigh - weights.KnownLow), 0, 1);

    private static double Enough(KeywordMatches matches, FusionWeights weights) => matches.Count / (matches.Count + weights.FewItems);

    private static double Clearness(CosineSpread spread, double deviation, FusionWeights weights)
    {
        var (gap, height) = ((spread.Best - spread.Second) / deviation, (spread.Best - spread.Mean) / deviation);
        return (weights.Gap * gap * gap) + Math.Pow(Math.Max(0, height) / weights.Near, weights.NearPower);
    }
}
