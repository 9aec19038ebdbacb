namespace Simile.Index.Ivf;

/// <summary>
/// Vectors by id, in reusable rows of chunks that never move: growing copies nothing, and a reader's pointer stays valid.
/// </summary>
/// <remarks>
/// One writer at a time; readers may read rows that are not being written. Chunks of an opened file are the file's memory until one of
/// their rows is written: then the chunk is copied.
/// </remarks>
internal sealed unsafe class RowStore
{
    private const int ChunkBytes = 1 << 22;

    private readonly int _shift;
    private readonly Stack<int> _free = new();
    private Chunk[] _chunks = [];
    private int[]? _rowOf; // of each id; null while rows are ids
    private int _used; // rows from this on were never given to an id; of no use while rows are ids

    public RowStore(int dimensions)
    {
        Dimensions = dimensions;
        while (_shift < 20 && (long)dimensions * sizeof(float) << (_shift + 1) <= ChunkBytes)
        {
            _shift++;
        }
    }

    /// <summary>Maps the rows of an opened file.</summary>
    /// <param name="dimensions">Dimensions of each vector.</param>
    /// <param name="mapped">The rows.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="rowOf">The row of each id; null if rows are ids.</param>
    public RowStore(int dimensions, float* mapped, int count, int[]? rowOf)
        : this(dimensions)
    {
        (_rowOf, _used) = (rowOf, count);
        _chunks = new Chunk[((long)count + ChunkRows - 1) >> _shift];
        for (var i = 0; i < _chunks.Length; i++)
        {
            _chunks[i] = new Chunk(mapped + ((long)i << _shift) * dimensions, null);
        }

        // The last chunk may end with the file: it gets space to grow.
        if (count % ChunkRows != 0)
        {
            Own(_chunks.Length - 1, count % ChunkRows);
        }
    }

    public int Dimensions { get; }

    public long Bytes =>
        ((long)_chunks.Length * ChunkRows * Dimensions * sizeof(float)) + (((_rowOf?.Length ?? 0) + _free.Count) * (long)sizeof(int));

    private int ChunkRows => 1 << _shift;

    /// <summary>The address of the vector of an id, which must have a row.</summary>
    public float* this[int id] => At(_rowOf is { } rows ? rows[id] : id);

    /// <summary>The vector of an id, for reading or, after <see cref="MakeWritable">it was made writable</see>, for writing.</summary>
    public Span<float> Row(int id) => new(this[id], Dimensions);

    /// <summary>Assigns rows to ids from <paramref name="first"/> on and makes them writable.</summary>
    public void Place(int first, int count)
    {
        if (_rowOf is null)
        {
            Reserve((long)first + count);
        }
        else
        {
            GiveRows(first, count);
        }

        for (var id = first; id < first + count; id++)
        {
            MakeWritable(id);
        }
    }

    /// <summary>Moves the row of an id, which nobody reads any more, to another id.</summary>
    public void Release(int id)
    {
        if (_rowOf is not null)
        {
            _free.Push(_rowOf[id]);
        }
    }

    /// <summary>From now on, ids use any free row. Before, the row of an id is its number.</summary>
    /// <param name="limit">One more than the largest id.</param>
    /// <param name="free">Ids below it without a vector: their rows are free.</param>
    public void Scatter(int limit, ReadOnlySpan<int> free)
    {
        if (_rowOf is not null)
        {
            return;
        }

        foreach (var row in free)
        {
            _free.Push(row);
        }

        _used = limit;
        int[] rows = [.. Enumerable.Range(0, limit)];
        Volatile.Write(ref _rowOf, rows); // searches see all of it or nothing
    }

    /// <summary>Copies the chunk of an id's row if it is still the opened file's.</summary>
    public void MakeWritable(int id)
    {
        var row = _rowOf is { } rows ? rows[id] : id;
        if (_chunks[row >> _shift].Memory is null)
        {
            Own(row >> _shift, ChunkRows);
        }
    }

    private float* At(int row) => _chunks[row >> _shift].Rows + ((long)(row & (ChunkRows - 1)) * Dimensions);

    private void GiveRows(int first, int count)
    {
        Reserve(_used + (long)Math.Max(0, count - _free.Count));
        var rows = _rowOf!;
        if (rows.Length < first + count)
        {
            Array.Resize(ref rows, (int)Math.Min(Array.MaxLength, Math.Max(first + count, rows.Length * 9L / 8)));
        }

        for (var id = first; id < first + count; id++)
        {
            rows[id] = _free.TryPop(out var row) ? row : _used++;
        }

        _rowOf = rows;
    }

    private void Reserve(long rows)
    {
        var needed = (int)((rows + ChunkRows - 1) >> _shift);
        if (needed <= _chunks.Length)
        {
            return;
        }

        var chunks = new Chunk[needed];
        _chunks.CopyTo(chunks, 0);
        for (var i = _chunks.Length; i < needed; i++)
        {
            chunks[i] = Chunk.New(ChunkRows * Dimensions);
        }

        _chunks = chunks;
    }

    private void Own(int chunk, int rows)
    {
        var own = Chunk.New(ChunkRows * Dimensions);
        new ReadOnlySpan<float>(_chunks[chunk].Rows, rows * Dimensions).CopyTo(own.Memory);
        _chunks[chunk] = own;
    }

    // A class, so that readers see the pointer of one chunk or of its copy, never a mix. The array is pinned; the field keeps it alive.
    private sealed class Chunk(float* rows, float[]? memory)
    {
        public readonly float* Rows = rows;
        public readonly float[]? Memory = memory;

        public static Chunk New(int length)
        {
            var memory = GC.AllocateUninitializedArray<float>(length, pinned: true);
            return new Chunk((float*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0), memory);
        }
    }
}
