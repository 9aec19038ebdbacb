using Simile.Analysis;

namespace Simile.Analyses;

/// <summary>Items that are unlike the others, most unusual first; each kind of item is judged by its own kind.</summary>
/// <param name="Ranked">The row of each item, its score (greater is more unusual) and the rows nearest to it.</param>
public sealed record OutlierSearch(IReadOnlyList<(int Row, double Score, IReadOnlyList<int> Neighbors)> Ranked)
{
    private const int ShownNeighbors = 3;

    /// <summary>Judges every item.</summary>
    /// <param name="vectors">At least two items of one kind.</param>
    /// <param name="options">Null for the local outlier factor; the metric is that of the items where it is not given.</param>
    /// <param name="progress">Optional progress callback.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">There are fewer than two items, or no more than neighbors are asked for.</exception>
    public static OutlierSearch Find(
        AnalyzedVectors vectors,
        OutlierOptions? options = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        vectors.Require(2, "A search for outliers");
        options ??= new OutlierOptions { Metric = vectors.Metric };
        var ranked = new List<(int Row, double Score, IReadOnlyList<int> Neighbors)>();
        foreach (var kind in vectors.Items.Index().GroupBy(item => item.Item.Kind))
        {
            int[] rows = [.. kind.Select(item => item.Index)];
            if (rows.Length == 1)
            {
                ranked.Add((rows[0], 0, [])); // alone of its kind: nothing to compare it with
                continue;
            }

            var found = Outliers.Find(vectors.Select(rows).Vectors, options, progress, cancellationToken);
            ranked.AddRange(found.Ranked.Select(row => (rows[row], found.Scores[row],
                (IReadOnlyList<int>)[.. found.Neighbors(row).ToArray().Take(ShownNeighbors).Select(near => rows[near])])));
        }

        return new OutlierSearch([.. ranked.OrderByDescending(item => item.Score).ThenBy(item => item.Row)]);
    }
}
