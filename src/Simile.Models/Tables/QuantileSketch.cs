namespace Simile.Models.Tables;

/// <summary>
/// Quantiles of a stream of numbers in bounded memory: exact for the first 65,536, then within about a thousandth of the ranks.
/// </summary>
/// <remarks>
/// The compactors of Karnin, Lang and Liberty, "Optimal Quantile Approximation in Streams", 2016: a full level is sorted, and every other
/// number of it goes up one level, where it counts twice. Which half goes up alternates, so that the same stream has the same quantiles.
/// </remarks>
internal sealed class QuantileSketch
{
    private const int Capacity = 1 << 16;

    private readonly List<List<double>> _levels = [[]];
    private bool _takesOdd;

    /// <summary>Numbers so far.</summary>
    public long Count { get; private set; }

    public void Add(double value)
    {
        _levels[0].Add(value);
        Count++;
        for (var level = 0; level < _levels.Count && _levels[level].Count >= Capacity; level++)
        {
            Compact(level);
        }
    }

    /// <summary>
    /// The quantiles of all numbers and of <paramref name="extra"/> further ones of one value, linear between ranks as NumPy's.
    /// </summary>
    /// <param name="shares">From 0 to 1.</param>
    /// <param name="value">The value of the further numbers.</param>
    /// <param name="extra">How many there are.</param>
    public double[] Quantiles(double[] shares, double value = 0, long extra = 0)
    {
        var weighted = _levels.SelectMany((numbers, level) => numbers.Select(number => (Number: number, Weight: 1L << level)));
        (double Number, long Weight)[] sorted = [.. (extra > 0 ? weighted.Append((Number: value, Weight: extra)) : weighted)
            .OrderBy(entry => entry.Number)];
        var total = sorted.Sum(entry => entry.Weight);
        return Array.ConvertAll(shares, share => Between(sorted, share * (total - 1)));
    }

    private static double Between((double Number, long Weight)[] sorted, double rank)
    {
        var (low, high) = (At(sorted, (long)Math.Floor(rank)), At(sorted, (long)Math.Ceiling(rank)));
        return low + ((high - low) * (rank - Math.Floor(rank)));
    }

    private static double At((double Number, long Weight)[] sorted, long rank)
    {
        foreach (var (number, weight) in sorted)
        {
            if (rank < weight)
            {
                return number;
            }

            rank -= weight;
        }

        return sorted[^1].Number;
    }

    private void Compact(int level)
    {
        if (level + 1 == _levels.Count)
        {
            _levels.Add([]);
        }

        var numbers = _levels[level];
        numbers.Sort();
        for (var i = _takesOdd ? 1 : 0; i < numbers.Count; i += 2)
        {
            _levels[level + 1].Add(numbers[i]);
        }

        _takesOdd = !_takesOdd;
        numbers.Clear();
    }
}
