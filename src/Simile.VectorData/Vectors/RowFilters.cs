using Simile.VectorData.Filters;
using Simile.VectorData.Storage;

namespace Simile.VectorData.Vectors;

/// <summary>Caches the row numbers that recent filters allow, until their collections change.</summary>
/// <remarks>Thread-safe. Large ones are not kept.</remarks>
internal sealed class RowFilters
{
    private const int Most = 16;
    private const int MostRows = 4_000_000;

    private readonly Lock _lock = new();
    private readonly LinkedList<(string Key, RowFilter Filter)> _kept = new();

    /// <summary>The rows that meet a filter, as of the last change of a collection.</summary>
    public RowFilter Get(CollectionRow collection, FilterSql filter, Func<long[]> rows)
    {
        var key = $"{collection.Id}/{collection.Sequence}/{filter.Identity}";
        lock (_lock)
        {
            for (var node = _kept.First; node is not null; node = node.Next)
            {
                if (node.Value.Key == key)
                {
                    _kept.Remove(node);
                    _kept.AddFirst(node);
                    return node.Value.Filter;
                }
            }
        }

        var found = new RowFilter(rows());
        lock (_lock)
        {
            if (found.Count <= MostRows)
            {
                _kept.AddFirst((key, found));
            }

            while (_kept.Count > Most || _kept.Sum(kept => (long)kept.Filter.Count) > MostRows)
            {
                _kept.RemoveLast();
            }
        }

        return found;
    }
}
