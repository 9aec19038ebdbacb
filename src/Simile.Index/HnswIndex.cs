using Simile.Index.Hnsw;
using Simile.Index.Memory;
using Simile.Index.Tuning;
using Simile.Numerics;
using Simile.Numerics.Memory;

namespace Simile.Index;

/// <summary>
/// Approximate search in a graph of neighbors: a small part of the vectors is compared, and most of the nearest are found.
/// </summary>
/// <remarks>
/// After HNSW (Malkov and Yashunin 2016) and Vamana (Subramanya et al. 2019): one layer with many entries. Searches compare short codes of
/// the leading principal components in the graph; results are scored exactly. Any number of threads may search while one changes the index.
/// Searches never wait, and each sees the vectors present at its start. Writers take turns. Removed vectors disappear from results at once,
/// and from memory when enough of them have accumulated.
/// </remarks>
public sealed partial class HnswIndex : VectorIndex
{
    private readonly HnswOptions _options;
    private readonly ScratchPool _scratches;
    private readonly ReaderGate _readers = new(Disposed);
    private readonly Lock _writer = new();
    private Graph _graph;
    private int? _ef;

    /// <summary>Creates an empty index.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="dimensions">Dimensions of each vector, at least 1.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The metric does not exist, or an option is out of range.</exception>
    public HnswIndex(Metric metric, int dimensions, HnswOptions? options = null)
        : base(metric, dimensions)
    {
        _options = options ?? new HnswOptions();
        _options.Validate();
        _graph = new Graph
        {
            Rows = new VectorRows(metric, dimensions, 0, inBytes: metric == Metric.L2),
            Links = new Links(0, 2 * _options.M),
            Ids = new SlotIds(0),
            Slots = new SlotTable(),
            SquaredNorms = metric == Metric.Dot ? new NativeArray<float>(0) : null,
        };
        var stride = _graph.Links.Stride;
        _scratches = new ScratchPool(() => new SearchScratch(dimensions, stride));
    }

    /// <summary>
    /// The number of candidates that a search keeps, 1 to 65,536: more give higher recall and take longer. At least the requested number is
    /// kept.
    /// </summary>
    /// <remarks>
    /// Until it is set: <see cref="HnswOptions.Ef"/>, or up to four times as many if the index measures, by searching for some of its own
    /// vectors, that it finds less than 95 % of the nearest neighbors.
    /// </remarks>
    public int Ef
    {
        get => _ef ?? Math.Max(_options.Ef, _leastEf);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 65536);
            _ef = value;
        }
    }

    /// <summary>The options it was created with.</summary>
    public HnswOptions Options => _options;

    /// <summary>Bytes of the codes that searches compare; 0 if they compare the vectors.</summary>
    public int CodeBytes => _graph.Codes?.Layout.Bytes ?? 0;

    /// <inheritdoc/>
    public override int Count => _graph.Slots.Count;

    /// <inheritdoc/>
    public override int IdLimit => _graph.Slots.Limit;

    /// <inheritdoc/>
    /// <remarks>Includes the memory that finished searches left for later ones.</remarks>
    public override long MemoryBytes => _graph.Bytes + (_equal?.Bytes ?? 0) + _scratches.Bytes;

    private protected override Breadth Breadth => new(nameof(Ef), Math.Clamp(Count, 1, 65536), value => Ef = value);

    /// <inheritdoc/>
    public override void Dispose()
    {
        ThrowIfChanging(_writer.IsHeldByCurrentThread);
        lock (_writer)
        {
            if (_readers.Close())
            {
                _graph.Release(null);
                _scratches.Dispose();
                _file?.Dispose();
            }
        }
    }

    private protected override bool TryCopyVector(int id, Span<float> vector)
    {
        using var reading = Read();
        var graph = Volatile.Read(ref _graph);
        var slot = graph.Slots[id];
        if (slot == SlotTable.NoSlot || slot >= graph.Rows.Capacity)
        {
            return false;
        }

        graph.Rows.CopyTo(slot, vector);
        return true;
    }

    private ReaderGate.Stay Read()
    {
        var stay = _readers.Enter();
        try
        {
            Volatile.Read(ref _file)?.ThrowIfChanged();
            return stay;
        }
        catch
        {
            stay.Dispose();
            throw;
        }
    }

    // Changes run one after another.
    private Lock.Scope Write()
    {
        ThrowIfChanging(_writer.IsHeldByCurrentThread);
        var scope = _writer.EnterScope();
        try
        {
            _readers.ThrowIfClosed();
            _file?.ThrowIfChanged();
            return scope;
        }
        catch
        {
            scope.Dispose();
            throw;
        }
    }
}
