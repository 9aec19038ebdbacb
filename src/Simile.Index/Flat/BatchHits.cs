namespace Simile.Index.Flat;

/// <summary>The best hits of each query of a batch on one thread.</summary>
internal sealed class BatchHits(int queries, int k)
{
    private readonly Hit[] _heaps = new Hit[checked(queries * k)];
    private readonly int[] _counts = new int[queries];

    /// <summary>The lowest score that a query keeps; NaN while there is space.</summary>
    public float Threshold(int query) => Best(query).Threshold;

    /// <summary>Offers a hit of a query.</summary>
    public void Add(int query, Hit hit)
    {
        var best = Best(query);
        best.Add(hit);
        _counts[query] = best.Count;
    }

    /// <summary>Offers all hits of another thread.</summary>
    public void Add(BatchHits other)
    {
        for (var query = 0; query < _counts.Length; query++)
        {
            foreach (var hit in other._heaps.AsSpan(query * k, other._counts[query]))
            {
                Add(query, hit);
            }
        }
    }

    /// <summary>The best hits of a query in order.</summary>
    public Hit[] Sorted(int query)
    {
        var best = Best(query);
        return _heaps.AsSpan(query * k, best.Sort()).ToArray();
    }

    /// <summary>An adapter that offers hits of one query.</summary>
    public TopK Best(int query) => new(_heaps.AsSpan(query * k, k), _counts[query]);

    public void Keep(int query, TopK best) => _counts[query] = best.Count;
}
