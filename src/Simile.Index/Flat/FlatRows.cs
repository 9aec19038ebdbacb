using Simile.Index.Format;
using Simile.Index.Memory;
using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Index.Flat;

/// <summary>The vectors of a <see cref="FlatIndex"/> in the form they are kept in, and what scores queries against them.</summary>
/// <remarks>Many rows are scored per call. Any number of threads may score at once; writing needs the rows to itself.</remarks>
internal abstract unsafe class FlatRows(Metric metric, int dimensions) : IDisposable
{
    /// <summary>How many rows there is room for.</summary>
    public abstract int Capacity { get; }

    /// <summary>Bytes of memory or of a mapped file.</summary>
    public abstract long Bytes { get; }

    /// <summary>Whether the rows are a file's: before one is written they must <see cref="Grow(int, int)"/>, which copies them.</summary>
    public bool Mapped { get; private set; }

    public Metric Metric { get; } = metric;

    public int Dimensions { get; } = dimensions;

    /// <summary>Floats that a prepared query takes.</summary>
    public virtual int PreparedLength => Dimensions;

    /// <summary>No rows.</summary>
    public static FlatRows New(Metric metric, int dimensions, RowType type) => type switch
    {
        RowType.Float16 => new NumberRows<Float16Format>(metric, dimensions),
        RowType.Int8 => new NumberRows<Int8Format>(metric, dimensions),
        RowType.Binary => new BitRows(dimensions),
        _ => new NumberRows<Float32Format>(metric, dimensions),
    };

    /// <summary>Sees the rows of a file.</summary>
    public void Map(IndexFile file, int count, bool codes)
    {
        MapRows(new FlatSections(file), count, codes);
        Mapped = true;
    }

    /// <summary>Writes the sections that <see cref="Map"/> sees.</summary>
    public abstract void Save(IndexFileWriter writer, int count);

    /// <summary>Makes room; the first <paramref name="used"/> rows stay what they are.</summary>
    public void Grow(int capacity, int used)
    {
        GrowRows(capacity, used);
        Mapped = false;
    }

    /// <summary>Makes a query what <see cref="Score(float*, int, Span{float})"/> takes.</summary>
    public virtual void Prepare(ReadOnlySpan<float> query, Span<float> prepared) => MetricScore.Prepare(Metric, query, prepared);

    /// <summary>Keeps a vector, of length 1 under <see cref="Metric.Cosine"/>, in a row.</summary>
    public abstract void Write(int row, ReadOnlySpan<float> vector);

    /// <summary>Copies a row over another.</summary>
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
