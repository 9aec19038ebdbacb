namespace Simile.VectorData.Vectors;

/// <summary>Which row of the database has which id in an index.</summary>
/// <remarks>Not thread-safe. Rows are numbers from 1, given once each; ids are dense, and an index may give them again.</remarks>
internal sealed class RowMap
{
    private readonly List<long> _rowOfId = [];
    private readonly Dictionary<long, int> _idOfRow = [];

    public int Count => _idOfRow.Count;

    /// <summary>One more than the largest id.</summary>
    public int IdLimit => _rowOfId.Count;

    /// <summary>The rows, in no order.</summary>
    public IEnumerable<long> Rows => _idOfRow.Keys;

    public void Add(long row, int id)
    {
        while (_rowOfId.Count <= id)
        {
            _rowOfId.Add(0);
        }

        _rowOfId[id] = row;
        _idOfRow[row] = id;
    }

    /// <summary>Removes a row and returns its id; −1 if the map does not hold it.</summary>
    public int Remove(long row)
    {
        if (!_idOfRow.Remove(row, out var id))
        {
            return -1;
        }

        _rowOfId[id] = 0;
        return id;
    }

    /// <summary>The row of an id; 0 if no row has it.</summary>
    public long RowOf(int id) => (uint)id < (uint)_rowOfId.Count ? _rowOfId[id] : 0;

    /// <summary>The id of a row; −1 if the map does not hold it.</summary>
    public int IdOf(long row) => _idOfRow.GetValueOrDefault(row, -1);

    /// <summary>The row of each id from 0.</summary>
    public long[] ToArray() => [.. _rowOfId];
}
