using System.Numerics;

namespace Simile.Keywords;

/// <summary>The items that hold terms of a query, with BM25 scores.</summary>
/// <param name="query">The query.</param>
/// <param name="items">Number of items in the index.</param>
internal sealed class KeywordMatches(KeywordQuery query, long items)
{
    /// <summary>BM25's parameter for the saturation of term frequency; FTS5 has the same.</summary>
    private const double K1 = 1.2;

    private const int LastBit = 63;

    private readonly Dictionary<long, KeywordMatch> _matches = [];
    private readonly double[] _weights = new double[LastBit + 1];
    private double _squares;
    private double _unknown;
    private double? _best;
    private double? _deviation;
    private int _added;

    /// <summary>Number of items in the index.</summary>
    public long Count => items;

    /// <summary>The query.</summary>
    public KeywordQuery Query { get; } = query;

    /// <summary>The matching items.</summary>
    public IReadOnlyDictionary<long, KeywordMatch> Items => _matches;

    /// <summary>The score of an item that would hold all terms infinitely often.</summary>
    public double Maximum => (K1 + 1) * _weights.Sum();

    /// <summary>The best score; 0 without matches.</summary>
    public double Best => _best ??= _matches.Values.Select(match => match.Score).DefaultIfEmpty().Max();

    /// <summary>The standard deviation of the scores over all items, those without a match included.</summary>
    public double Deviation => _deviation ??= Spread();

    /// <summary>The share of the query's terms that the index holds: each counts by its rarity. 0 to 1.</summary>
    public double Known => 1 - (_unknown / Math.Max(double.Epsilon, _weights.Sum()));

    /// <summary>Adds the items that hold a term.</summary>
    /// <param name="term">The term.</param>
    /// <param name="found">The items with the saturated term frequencies, 0 to K1 + 1.</param>
    public void Add(QueryTerm term, IReadOnlyList<(long Item, double Frequency)> found)
    {
        var weight = term.Weight * Rarity(found.Count);
        var bit = Math.Min(_added++, LastBit);
        _weights[bit] += weight;
        _unknown += found.Count == 0 ? weight : 0;
        foreach (var (item, frequency) in found)
        {
            _ = _matches.TryGetValue(item, out var match);
            var score = match.Score + (weight * frequency);
            _squares += (score * score) - (match.Score * match.Score);
            _matches[item] = new KeywordMatch(score, match.Terms | (1UL << bit));
        }
    }

    /// <summary>The score of holding terms once, in a text of average length.</summary>
    public double Score(ulong terms)
    {
        var score = 0.0;
        for (var rest = terms; rest != 0; rest &= rest - 1)
        {
            score += _weights[BitOperations.TrailingZeroCount(rest)];
        }

        return score;
    }

    private double Spread()
    {
        var sum = _matches.Values.Sum(match => match.Score);
        return Math.Sqrt(Math.Max(0, (_squares - (sum * sum / items)) / items));
    }

    // Lucene's form, which is never negative. FTS5's is 0 for terms of more than half of the items, so for most terms of small stores.
    private double Rarity(long holders) => Math.Log(1 + ((items - holders + 0.5) / (holders + 0.5)));
}
