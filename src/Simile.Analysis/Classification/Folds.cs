namespace Simile.Analysis;

/// <summary>Stratified folds.</summary>
public static class Folds
{
    /// <summary>
    /// The fold of each item, 0 to <paramref name="count"/> − 1. The shuffled items of each class are assigned in turn, so that sizes
    /// differ by at most one.
    /// </summary>
    /// <param name="labels">The class of each item.</param>
    /// <param name="count">Number of folds, from 2 to the number of items.</param>
    /// <param name="seed">The seed of the shuffle.</param>
    /// <exception cref="ArgumentException">There are fewer items than folds, or fewer than 2 folds.</exception>
    public static int[] Stratified(IReadOnlyList<string> labels, int count, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (count < 2 || count > labels.Count)
        {
            throw new ArgumentException(
                $"{labels.Count} items cannot be divided into {count} folds: "
                + $"use 2 to {Math.Max(2, labels.Count)}, of at least one item each.");
        }

        var (random, folds, next) = (new Random(seed), new int[labels.Count], 0);
        foreach (var items in labels.Index().GroupBy(l => l.Item, l => l.Index, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var order = items.ToArray();
            random.Shuffle(order);
            foreach (var item in order)
            {
                folds[item] = next++ % count;
            }
        }

        return folds;
    }
}
