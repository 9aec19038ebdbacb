using Simile.Index.Flat;
using Simile.Numerics;

namespace Simile.Index;

/// <summary>Exact search: every vector is scored.</summary>
/// <remarks>
/// Any number of threads may search at once; one that adds, updates or removes waits for them, and they for it.
/// </remarks>
public sealed partial class FlatIndex : VectorIndex
{
    private readonly ReaderWriterLockSlim _lock = new();
    private readonly FlatRows _rows;
    private readonly RowIds _ids;

    /// <summary>Makes an empty index.</summary>
    /// <param name="metric">How vectors are compared.</param>
    /// <param name="dimensions">Components of each vector, at least 1.</param>
    public FlatIndex(Metric metric, int dimensions)
        : base(metric, dimensions)
    {
        _rows = new FloatRows(metric, dimensions);
        _ids = new RowIds();
    }

    /// <inheritdoc/>
    public override int Count => _ids.Count;

    /// <inheritdoc/>
    public override int IdLimit => _ids.Limit;

    /// <inheritdoc/>
    public override long MemoryBytes => _rows.Bytes + _ids.Bytes;

    /// <inheritdoc/>
    public override bool Contains(int id)
    {
        _lock.EnterReadLock();
        var found = _ids.RowOf(id) >= 0;
        _lock.ExitReadLock();
        return found;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _rows.Dispose();
        _lock.Dispose();
        base.Dispose();
    }

    private void Prepare(ReadOnlySpan<float> vector, Span<float> target)
    {
        if (Metric == Metric.Cosine)
        {
            VectorMath.Normalize(vector, target);
        }
        else
        {
            vector.CopyTo(target);
        }
    }
}
