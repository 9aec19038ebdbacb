namespace Simile.Index.Hnsw;

/// <summary>Selects the edges of a slot: to slots close to it, and under the dot product also to slots with a great product.</summary>
/// <remarks>
/// Close vectors lead to the nearest one, and are all that cosine and L2 need. The greatest product lies at the rim of the vectors, where
/// few are close to each other: a walk along close ones ends before it. Products lead from any vector to the rim on its side (ip-NSW,
/// Morozov and Babenko 2018). They are products of vectors from their mean, since the order of products with a query does not depend on
/// the origin; seen from a distant origin, all vectors would have the same few neighbors.
/// </remarks>
/// <param name="close">The distance of points.</param>
/// <param name="products">Minus the products; null for metrics other than dot.</param>
internal sealed class Edges<TSpace>(TSpace close, TSpace? products)
    where TSpace : struct, INodeSpace
{
    /// <summary>Searches for candidates of a slot that need not be linked yet. Returns keys of minus the distance.</summary>
    public unsafe Span<ulong> Candidates(Graph graph, int slot, int ef, SearchScratch scratch)
    {
        var count = close.Search(graph, slot, ef, scratch);
        var found = new Span<ulong>(scratch.Pool, count); // a search may move the pool
        if (products is { } others)
        {
            var first = found.ToArray();
            count = others.Search(graph, slot, ef, scratch);
            found = (ulong[])[.. first, .. new Span<ulong>(scratch.Pool, count)];
        }

        SetKeys(close, slot, found);
        return found;
    }

    /// <summary>The key of a candidate: minus its distance.</summary>
    public ulong Key(int slot, int other) => Candidate.Of(-close.Distance(slot, other), other);

    /// <summary>Selects neighbors: <see cref="NeighborSelection"/>. Under the dot product, at most half of them are of each kind.</summary>
    public int Choose(int slot, Span<ulong> candidates, float alpha, Span<int> chosen)
    {
        if (products is not { } others)
        {
            return NeighborSelection.Run(close, slot, candidates, alpha, chosen);
        }

        var count = NeighborSelection.Run(close, slot, candidates, alpha, chosen[..(chosen.Length / 2)]);
        SetKeys(others, slot, candidates);
        var more = (stackalloc int[chosen.Length / 2]);
        foreach (var other in more[..NeighborSelection.Run(others, slot, candidates, 1, more)])
        {
            if (!chosen[..count].Contains(other))
            {
                chosen[count++] = other;
            }
        }

        return count;
    }

    private static void SetKeys(TSpace space, int slot, Span<ulong> candidates)
    {
        foreach (ref var candidate in candidates)
        {
            var other = Candidate.Slot(candidate);
            candidate = Candidate.Of(-space.Distance(slot, other), other);
        }
    }
}
