using Simile.Index.Flat;
using Simile.Index.Memory;
using Simile.Numerics;

namespace Simile.Index;

/// <summary>Exact search: every vector is scored.</summary>
/// <remarks>
/// Any number of threads may search concurrently. Changes wait for searches in progress, and new searches wait for changes.
/// </remarks>
public sealed partial class FlatIndex : VectorIndex
{
    private readonly SharedLock _lock = new(Disposed);
    private readonly FlatRows _rows;
    private readonly RowIds _ids;
    private readonly FlatOptions _options;

    /// <summary>Creates an empty index.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="dimensions">Dimensions of each vector, at least 1.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// The metric does not exist, an option is out of range, or bits are combined with another metric than Hamming.
    /// </exception>
    public FlatIndex(Metric metric, int dimensions, FlatOptions? options = null)
        : base(metric, dimensions)
    {
        _options = options ?? new FlatOptions();
        _options.Validate(metric);
        _ids = new RowIds(0);
        _rows = FlatRows.New(metric, dimensions, _options.Rows);
    }

    /// <summary>The settings that the constructor was given, or the file's for an opened index.</summary>
    public FlatOptions Options => _options;

    /// <inheritdoc/>
    public override bool IsExact => true;

    /// <inheritdoc/>
    public override int Count => _ids.Count;

    /// <inheritdoc/>
    public override int IdLimit => _ids.Limit;

    /// <inheritdoc/>
    public override long MemoryBytes => _rows.Bytes + _ids.Bytes;

    /// <inheritdoc/>
    public override bool Contains(int id)
    {
        using var reading = _lock.Read();
        return _ids.RowOf(id) >= 0;
    }

    /// <inheritdoc/>
    public override void Dispose() => _lock.Close(() =>
    {
        _rows.Dispose();
        _file?.Dispose();
    });
}
