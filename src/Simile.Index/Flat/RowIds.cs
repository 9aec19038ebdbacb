using Simile.Index.Memory;

namespace Simile.Index.Flat;

/// <summary>Maps ids to rows. Rows have no gaps: the last row moves to the place of a removed one.</summary>
/// <remarks>Until the first removal, ids are row numbers and no table exists.</remarks>
internal sealed class RowIds
{
    private const int None = FreeIds.None;

    // Row → id and id → row.
    private int[]? _ids;
    private int[]? _rows;
    private readonly FreeIds _free = new();

    /// <summary>Loads the ids of rows from a file.</summary>
    /// <exception cref="ArgumentException">An id is missing, duplicate or out of range.</exception>
    public RowIds(ReadOnlySpan<int> ids, ReadOnlySpan<int> free)
    {
        (Count, Limit) = (ids.Length, checked(ids.Length + free.Length));
        _ids = ids.ToArray();
        _rows = new int[Limit];
        Array.Fill(_rows, None);
        for (var i = 0; i < Limit; i++)
        {
            var id = i < Count ? ids[i] : free[i - Count];
            if ((uint)id >= (uint)Limit || _rows[id] != None)
            {
                throw new ArgumentException($"The id {id} is duplicate or not below {Limit}.");
            }

            _rows[id] = i;
        }

        foreach (var id in free)
        {
            _rows[id] = None;
            _free.Add(id);
        }
    }

    /// <summary>Loads rows whose ids are their numbers.</summary>
    public RowIds(int count) => (Count, Limit) = (count, count);

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>One more than the largest id ever given.</summary>
    public int Limit { get; private set; }

    /// <summary>Whether ids are row numbers.</summary>
    public bool AreRows => _ids is null;

    /// <summary>The ids of all rows; empty if they are row numbers.</summary>
    public ReadOnlySpan<int> Ids => _ids is null ? [] : _ids.AsSpan(0, Count);

    /// <summary>Free ids.</summary>
    public ReadOnlySpan<int> Free => _free.Ids;

    public long Bytes => (((_ids?.Length ?? 0) + (_rows?.Length ?? 0)) * (long)sizeof(int)) + _free.Bytes;

    public int IdOf(int row) => _ids is null ? row : _ids[row];

    /// <summary>The row of an id; negative if it does not exist.</summary>
    public int RowOf(int id) =>
        (uint)id >= (uint)Limit ? None
        : _rows is not null ? _rows[id]
        : id < Count ? id : None;

    /// <summary>Assigns successive ids to new rows and returns the first id.</summary>
    public int Append(int count)
    {
        var first = _free.Take(count);
        if (first == None)
        {
            first = Limit;
            Limit += count;
        }

        if (_ids is not null && _rows is not null)
        {
            Grow(ref _ids, Count + count);
            Grow(ref _rows, Limit);
            for (var i = 0; i < count; i++)
            {
                (_ids[Count + i], _rows[first + i]) = (first + i, Count + i);
            }
        }

        Count += count;
        return first;
    }

    /// <summary>Frees an id and returns its row. The caller must move the last row there.</summary>
    public int Remove(int id)
    {
        var row = RowOf(id);
        MakeTables();
        var last = --Count;
        _ids![row] = _ids[last];
        _rows![_ids[row]] = row;
        _rows[id] = None;
        _free.Add(id);
        return row;
    }

    private void MakeTables()
    {
        if (_ids is null)
        {
            _ids = [.. Enumerable.Range(0, Count)];
            _rows = [.. _ids];
        }
    }

    private static void Grow(ref int[] table, int length)
    {
        if (table.Length < length)
        {
            Array.Resize(ref table, (int)Math.Min(Array.MaxLength, length + (length / 4L) + 16));
        }
    }
}
