namespace Simile.Analysis;

/// <summary>Parts of a collection that have each class in equal share.</summary>
public static class Folds
{
    /// <summary>The fold of each item, 0 to <paramref name="count"/> − 1: the items of a class, shuffled, are dealt out in turn, so that sizes differ by one at most.</summary>
    /// <param name="labels">The class of each item.</param>
    /// <param name="count">How many folds, at least 2 and at most items.</param>
    /// <param name="seed">Decides the order.</param>
    /// <exception cref="ArgumentException">There are fewer items than folds, or fewer than 2 folds.</exception>
    public static int[] Stratified(IReadOnlyList<string> labels, int count, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (count < 2 || count > labels.Count)
        {
            throw new ArgumentException($"{labels.Count} items do not make {count} folds: take 2 to {Math.Max(2, labels.Count)}, of at least one item each.");
        }

        var (random, folds, next) = (new Random(seed), new int[labels.Count], 0);
        foreach (var items in labels.Index().GroupBy(l => l.Item, l => l.Index, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
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
