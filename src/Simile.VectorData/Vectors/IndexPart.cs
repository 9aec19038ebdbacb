using Simile.Index;
using Simile.Numerics;

namespace Simile.VectorData.Vectors;

/// <summary>An index of some rows of a collection.</summary>
/// <remarks>Searches may run beside each other; changes need exclusive access, but for additions to <see cref="Index"/> alone.</remarks>
internal sealed class IndexPart(VectorIndex index, RowMap rows) : IDisposable
{
    public VectorIndex Index => index;

    public RowMap Rows => rows;

    /// <summary>Adds rows with their vectors.</summary>
    public void Add(ReadOnlySpan<long> added, VectorMatrix vectors)
    {
        var first = index.Add(vectors);
        for (var i = 0; i < added.Length; i++)
        {
            rows.Add(added[i], first + i);
        }
    }

    /// <summary>Removes a row. False if this index does not hold it.</summary>
    public bool Remove(long row)
    {
        var id = rows.Remove(row);
        return id >= 0 && index.Remove(id);
    }

    /// <summary>The rows closest to a query, best first.</summary>
    /// <param name="query">The query.</param>
    /// <param name="top">Maximum number.</param>
    /// <param name="allowed">Rows that may be found; null for all.</param>
    public RowHit[] Search(ReadOnlySpan<float> query, int top, RowFilter? allowed)
    {
        if (rows.Count == 0 || top == 0)
        {
            return [];
        }

        // The graph may hold rows that are still listed in the exact part: they are dropped here.
        return Hits(index.Search(query, Math.Min(top, index.Count), allowed?.Of(this)));
    }

    /// <summary>The rows with at least a score, best first.</summary>
    public RowHit[] SearchRange(ReadOnlySpan<float> query, float score, RowFilter? allowed) =>
        rows.Count == 0 ? [] : Hits(index.SearchRange(query, score, allowed?.Of(this)));

    public void Dispose() => index.Dispose();

    private RowHit[] Hits(Hit[] hits)
    {
        var found = new RowHit[hits.Length];
        var count = 0;
        foreach (var hit in hits)
        {
            if (rows.RowOf(hit.Id) is > 0 and var row)
            {
                found[count++] = new RowHit(row, hit.Score);
            }
        }

        return found[..count];
    }
}
