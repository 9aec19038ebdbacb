using Simile.Index.Hnsw;
using Simile.Index.Memory;
using Simile.Index.Tuning;
using Simile.Numerics;
using Simile.Numerics.Memory;

namespace Simile.Index;

/// <summary>Approximate search in a graph of neighbours: a small part of the vectors is looked at, and most of the closest are found.</summary>
/// <remarks>
/// <para>After HNSW (Malkov and Yashunin 2016) and Vamana (Subramanya et al. 2019): one layer with many entries. While searches walk they compare short codes of
/// the leading principal components; what they return is scored by the vectors themselves.</para>
/// <para>Any number of threads may search while one adds, updates or removes: searches never wait, and each sees the vectors that were held when it began. Several writers take turns.
/// Removed vectors leave the answers at once and the memory when enough of them have gathered.</para>
/// </remarks>
public sealed partial class HnswIndex : VectorIndex
{
    private readonly HnswOptions _options;
    private readonly ScratchPool _scratches;
    private readonly ReaderGate _readers = new(Disposed);
    private readonly Lock _writer = new();
    private Graph _graph;
    private int? _ef;

    /// <summary>Makes an empty index.</summary>
    /// <param name="metric">How vectors are compared.</param>
    /// <param name="dimensions">Components of each vector, at least 1.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such metric, or an option is out of its range.</exception>
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
            Tails = metric == Metric.Dot ? new NativeArray<float>(0) : null,
        };
        var stride = _graph.Links.Stride;
        _scratches = new ScratchPool(() => new SearchScratch(dimensions, stride));
    }

    /// <summary>Candidates kept during a search, 1 to 65,536: more find more, and take time. At least as many as are asked for are kept.</summary>
    /// <remarks>
    /// Until it is set: <see cref="HnswOptions.Ef"/>, or up to four times as many where the index finds, by searching for some of its own vectors, that so many
    /// find less than 95 % of the nearest.
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

    /// <summary>How it was asked to be built.</summary>
    public HnswOptions Options => _options;

    /// <summary>Bytes of the code that walks compare; 0 where they compare the vectors themselves.</summary>
    public int CodeBytes => _graph.Codes?.Layout.Bytes ?? 0;

    /// <inheritdoc/>
    public override int Count => _graph.Slots.Count;

    /// <inheritdoc/>
    public override int IdLimit => _graph.Slots.Limit;

    /// <inheritdoc/>
    /// <remarks>With the memory that finished searches left for the next ones.</remarks>
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

    // Changes come one after another.
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
