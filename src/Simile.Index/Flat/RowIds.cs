using Simile.Index.Memory;

namespace Simile.Index.Flat;

/// <summary>Which row each id's vector stands in. Rows have no gaps: the last one moves to where one was removed.</summary>
/// <remarks>Until the first removal ids are row numbers, and no table is kept.</remarks>
internal sealed class RowIds
{
    private const int None = FreeIds.None;

    // Row → id and id → row.
    private int[]? _ids;
    private int[]? _rows;
    private readonly FreeIds _free = new();

    /// <summary>Takes over the ids of so many rows as a file holds them.</summary>
    /// <exception cref="ArgumentException">Some id below their number stands twice or nowhere.</exception>
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
                throw new ArgumentException($"The id {id} stands twice or is not below {Limit}.");
            }

            _rows[id] = i;
        }

        foreach (var id in free)
        {
            _rows[id] = None;
            _free.Add(id);
        }
    }

    /// <summary>Takes over so many rows whose ids are their numbers.</summary>
    public RowIds(int count) => (Count, Limit) = (count, count);

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>One more than the greatest id ever given.</summary>
    public int Limit { get; private set; }

    /// <summary>Whether ids are row numbers.</summary>
    public bool AreRows => _ids is null;

    /// <summary>The ids of all rows; empty while they are row numbers.</summary>
    public ReadOnlySpan<int> Ids => _ids is null ? [] : _ids.AsSpan(0, Count);

    /// <summary>Ids that were given and taken away.</summary>
    public ReadOnlySpan<int> Free => _free.Ids;

    public long Bytes => (((_ids?.Length ?? 0) + (_rows?.Length ?? 0)) * (long)sizeof(int)) + _free.Bytes;

    public int IdOf(int row) => _ids is null ? row : _ids[row];

    /// <summary>The row of an id, negative where no vector has it.</summary>
    public int RowOf(int id) =>
        (uint)id >= (uint)Limit ? None
        : _rows is not null ? _rows[id]
        : id < Count ? id : None;

    /// <summary>Gives successive ids to so many rows after the last, and returns the first id.</summary>
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

    /// <summary>Takes an id away and returns its row: the last row must move there.</summary>
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
