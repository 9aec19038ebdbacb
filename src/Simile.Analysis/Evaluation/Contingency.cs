namespace Simile.Analysis;

/// <summary>The contingency table of two labelings of the same items: how many items have each pair of labels.</summary>
internal sealed class Contingency
{
    private readonly Dictionary<(int, int), int> _cells = [];
    private readonly Dictionary<int, int> _rows = [];
    private readonly Dictionary<int, int> _columns = [];
    private readonly double _count;

    public Contingency(IReadOnlyList<int> truth, IReadOnlyList<int> predicted)
    {
        Inputs.CheckPair(truth.Count, predicted.Count);
        _count = truth.Count;
        for (var i = 0; i < truth.Count; i++)
        {
            Count(_cells, (truth[i], predicted[i]));
            Count(_rows, truth[i]);
            Count(_columns, predicted[i]);
        }
    }

    public double RowEntropy => Entropy(_rows);

    public double ColumnEntropy => Entropy(_columns);

    public double MutualInformation
    {
        get
        {
            var sum = 0.0;
            foreach (var ((row, column), n) in _cells)
            {
                sum += n / _count * (Math.Log(n) + Math.Log(_count) - Math.Log(_rows[row]) - Math.Log(_columns[column]));
            }

            return Math.Max(0, sum);
        }
    }

    // Hubert and Arabie 1985, by pairs.
    public double AdjustedRand
    {
        get
        {
            var (cells, rows, columns) = (Pairs(_cells), Pairs(_rows), Pairs(_columns));
            var expected = rows * columns / Math.Max(1, _count * (_count - 1) / 2);
            var most = (rows + columns) / 2;
            return most == expected ? 1 : (cells - expected) / (most - expected);
        }
    }

    private double Entropy(Dictionary<int, int> counts) => -counts.Values.Sum(n => n / _count * Math.Log(n / _count));

    private static double Pairs<TKey>(Dictionary<TKey, int> counts)
        where TKey : notnull => counts.Values.Sum(n => n * (n - 1.0) / 2);

    private static void Count<TKey>(Dictionary<TKey, int> counts, TKey key)
        where TKey : notnull => counts[key] = counts.GetValueOrDefault(key) + 1;
}
