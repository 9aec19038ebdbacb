using Simile.Index;

namespace Simile.VectorData.Vectors;

/// <summary>The rows that meet a condition, at one change of a collection.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RowFilter
{
    private readonly long[] _rows;

    /// <summary>Takes over an array of rows in any order.</summary>
    public RowFilter(long[] rows)
    {
        Array.Sort(rows);
        _rows = rows;
    }

    public int Count => _rows.Length;

    public bool Allows(long row) => Array.BinarySearch(_rows, row) >= 0;

    /// <summary>The ids of these rows in an index.</summary>
    public IdFilter Of(IndexPart part)
    {
        var filter = new IdFilter(part.Index.IdLimit);
        foreach (var row in _rows)
        {
            if (part.Rows.IdOf(row) is >= 0 and var id)
            {
                filter.Allow(id);
            }
        }

        return filter;
    }
}
