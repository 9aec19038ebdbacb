using Simile.Index;

namespace Simile.VectorData.Vectors;

/// <summary>The rows that meet a condition, at one change of a collection.</summary>
/// <remarks>Thread-safe. The form that an index reads is kept while the index has the same rows.</remarks>
internal sealed class RowFilter(long[] rows)
{
    public int Count => rows.Length;

    public ReadOnlySpan<long> Rows => rows;

    /// <summary>The ids of these rows in an index.</summary>
    public IdFilter Of(IndexPart part)
    {
        var filter = new IdFilter(part.Index.IdLimit);
        foreach (var row in rows)
        {
            if (part.Rows.IdOf(row) is >= 0 and var id)
            {
                filter.Allow(id);
            }
        }

        return filter;
    }
}
