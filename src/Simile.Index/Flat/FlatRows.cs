using Simile.Index.Memory;
using Simile.Numerics;

namespace Simile.Index.Flat;

/// <summary>The vectors of a <see cref="FlatIndex"/> in the form they are kept in, and what scores queries against them.</summary>
/// <remarks>Many rows are scored per call. Any number of threads may score at once; writing needs the rows to itself.</remarks>
internal abstract unsafe class FlatRows(Metric metric, int dimensions) : IDisposable
{
    /// <summary>How many rows there is room for.</summary>
    public abstract int Capacity { get; }

    /// <summary>Bytes of memory or of a mapped file.</summary>
    public abstract long Bytes { get; }

    public Metric Metric { get; } = metric;

    public int Dimensions { get; } = dimensions;

    /// <summary>Floats that a prepared query takes.</summary>
    public virtual int PreparedLength => Dimensions;

    /// <summary>Makes room; the first <paramref name="used"/> rows stay what they are.</summary>
    public abstract void Grow(int capacity, int used);

    /// <summary>Makes a query what <see cref="Score(float*, int, Span{float})"/> takes.</summary>
    public virtual void Prepare(ReadOnlySpan<float> query, Span<float> prepared)
    {
        if (Metric == Metric.Cosine)
        {
            VectorMath.Normalize(query, prepared);
        }
        else
        {
            query.CopyTo(prepared);
        }
    }

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

    /// <summary>Makes an array longer; the first <paramref name="used"/> numbers stay what they are.</summary>
    internal static void Grow<T>(ref NativeArray<T> array, long length, long used)
        where T : unmanaged
    {
        var grown = array.Grown(length, used);
        array.Dispose();
        array = grown;
    }
}
