namespace Simile.Index.Ivf;

/// <summary>Vectors by id, in chunks that never move: growing copies nothing, and a reader's pointer stays good.</summary>
/// <remarks>
/// One writer at a time; readers may read rows that are not being written. Chunks of an opened file are the file's own memory until one of
/// their rows is written: then the chunk is copied.
/// </remarks>
internal sealed unsafe class RowStore
{
    private const int ChunkBytes = 1 << 22;

    private readonly int _shift;
    private Chunk[] _chunks = [];

    public RowStore(int dimensions)
    {
        Dimensions = dimensions;
        while (_shift < 20 && (long)dimensions * sizeof(float) << (_shift + 1) <= ChunkBytes)
        {
            _shift++;
        }
    }

    /// <summary>Sees the rows of an opened file.</summary>
    public RowStore(int dimensions, float* mapped, int count)
        : this(dimensions)
    {
        _chunks = new Chunk[((long)count + ChunkRows - 1) >> _shift];
        for (var i = 0; i < _chunks.Length; i++)
        {
            _chunks[i] = new Chunk(mapped + ((long)i << _shift) * dimensions, null);
        }

        // The last chunk may end with the file: it gets room to grow.
        if (count % ChunkRows != 0)
        {
            Own(_chunks.Length - 1, count % ChunkRows);
        }
    }

    public int Dimensions { get; }

    public long Bytes => (long)_chunks.Length * ChunkRows * Dimensions * sizeof(float);

    private int ChunkRows => 1 << _shift;

    /// <summary>Where a row begins. The row must have been reserved.</summary>
    public float* this[int id] => _chunks[id >> _shift].Rows + (long)(id & (ChunkRows - 1)) * Dimensions;

    /// <summary>A row to read or, once it <see cref="MakeWritable">may be written</see>, to write.</summary>
    public Span<float> Row(int id) => new(this[id], Dimensions);

    /// <summary>The components of rows from <paramref name="first"/> on, as many as lie in one chunk and are below <paramref name="limit"/>.</summary>
    public ReadOnlySpan<float> Run(int first, int limit) =>
        new(this[first], Math.Min(limit - first, ChunkRows - (first & (ChunkRows - 1))) * Dimensions);

    /// <summary>Makes room for rows up to <paramref name="count"/>.</summary>
    public void Reserve(int count)
    {
        var needed = (int)(((long)count + ChunkRows - 1) >> _shift);
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

    /// <summary>Copies the chunk of a row that is still the opened file's.</summary>
    public void MakeWritable(int id)
    {
        if (_chunks[id >> _shift].Memory is null)
        {
            Own(id >> _shift, ChunkRows);
        }
    }

    private void Own(int chunk, int rows)
    {
        var own = Chunk.New(ChunkRows * Dimensions);
        new ReadOnlySpan<float>(_chunks[chunk].Rows, rows * Dimensions).CopyTo(own.Memory);
        _chunks[chunk] = own;
    }

    // A class: readers see the pointer of one chunk or of its copy, never a mix. The array is pinned; the field keeps it alive.
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
