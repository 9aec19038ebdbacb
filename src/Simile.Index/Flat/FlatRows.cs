using Simile.Index.Format;
using Simile.Index.Memory;
using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Index.Flat;

/// <summary>The stored vectors of a <see cref="FlatIndex"/>, and the scoring of queries against them.</summary>
/// <remarks>Scores many rows per call. Any number of threads may score concurrently; writing needs exclusive access.</remarks>
internal abstract unsafe class FlatRows(Metric metric, int dimensions) : IDisposable
{
    /// <summary>Capacity in rows.</summary>
    public abstract int Capacity { get; }

    /// <summary>Bytes of memory or of a mapped file.</summary>
    public abstract long Bytes { get; }

    /// <summary>
    /// Whether the rows are those of a file. They must be copied with <see cref="Grow(int, int)"/> before a row is written.
    /// </summary>
    public bool Mapped { get; private set; }

    public Metric Metric { get; } = metric;

    public int Dimensions { get; } = dimensions;

    /// <summary>Floats of a prepared query.</summary>
    public virtual int PreparedLength => Dimensions;

    /// <summary>No rows.</summary>
    public static FlatRows New(Metric metric, int dimensions, RowType type) => type switch
    {
        RowType.Float16 => new NumberRows<Float16Format>(metric, dimensions),
        RowType.Int8 => new NumberRows<Int8Format>(metric, dimensions),
        RowType.Binary => new BitRows(dimensions),
        _ => new NumberRows<Float32Format>(metric, dimensions),
    };

    /// <summary>Maps the rows of a file.</summary>
    public void Map(IndexFile file, int count, bool codes)
    {
        MapRows(new FlatSections(file), count, codes);
        Mapped = true;
    }

    /// <summary>Writes the sections for <see cref="Map"/>.</summary>
    public abstract void Save(IndexFileWriter writer, int count);

    /// <summary>Grows the capacity. The first <paramref name="used"/> rows are kept.</summary>
    public void Grow(int capacity, int used)
    {
        GrowRows(capacity, used);
        Mapped = false;
    }

    /// <summary>Prepares a query for <see cref="Score(float*, int, Span{float})"/>.</summary>
    public virtual void Prepare(ReadOnlySpan<float> query, Span<float> prepared) => MetricScore.Prepare(Metric, query, prepared);

    /// <summary>Stores a vector in a row, normalized under <see cref="Metric.Cosine"/>.</summary>
    public abstract void Write(int row, ReadOnlySpan<float> vector);

    /// <summary>Copies a row to another.</summary>
    public abstract void Move(int from, int to);

    /// <summary>Scores the rows from <paramref name="first"/> on against a prepared query.</summary>
    public abstract void Score(float* query, int first, Span<float> scores);

    /// <summary>Scores one row, exactly as among others.</summary>
    public float Score(float* query, int row)
    {
        var score = 0f;
        Score(query, row, new Span<float>(ref score));
        return score;
    }

    public abstract void Dispose();

    protected abstract void GrowRows(int capacity, int used);

    protected abstract void MapRows(FlatSections sections, int count, bool codes);

    /// <summary>Makes an array longer; the first <paramref name="used"/> numbers stay what they are.</summary>
    internal static void Grow<T>(ref NativeArray<T> array, long length, long used)
        where T : unmanaged
    {
        var grown = array.Grown(length, used);
        array.Dispose();
        array = grown;
    }
}
