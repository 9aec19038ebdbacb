using Simile.Index.Format;
using Simile.Index.Ivf;
using Simile.Index.Memory;
using Simile.Index.Tuning;
using Simile.Numerics;

namespace Simile.Index;

/// <summary>
/// Approximate search with fast construction: vectors are assigned to lists by their nearest centroid (an inverted file, Jégou et al.
/// 2011). A search scans the codes of the lists closest to the query, 4 bits per subspace and 32 vectors at a time, and rescores the best
/// candidates exactly. Long vectors that vary along few directions are clustered and encoded along these only.
/// </summary>
/// <remarks>
/// Thread-safe: any number of threads may search while one changes the index. Changes run one after another, and a search waits at most for
/// one vector's change. Below <see cref="IvfOptions.TrainFrom"/> vectors, every vector is scanned and results are exact. Then lists are
/// trained, and trained again at four times or a quarter of that number. Only cosine, dot and L2, because a centroid is a mean.
/// </remarks>
public sealed partial class IvfIndex : VectorIndex
{
    private readonly IvfOptions _options;
    private readonly SharedLock _gate = new(Disposed);
    private readonly Lock _writer = new();
    private readonly FreeIds _free = new();

    private readonly RowStore _rows;
    private readonly IndexFile? _file; // owns the memory of rows and lists that have not been changed
    private IvfPartition? _partition;
    private int[] _listOf = []; // of each id: its list (0 while there are none), or Free
    private int? _nprobe;
    private int _limit;
    private int _count;

    /// <summary>Creates an empty index.</summary>
    /// <param name="metric">Cosine, dot or L2.</param>
    /// <param name="dimensions">Dimensions of each vector, at least 1.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <exception cref="ArgumentException">The metric is not supported, or an option is out of range.</exception>
    public IvfIndex(Metric metric, int dimensions, IvfOptions? options = null)
        : base(metric, dimensions)
    {
        if (metric is not (Metric.Cosine or Metric.Dot or Metric.L2))
        {
            throw new ArgumentException($"An IvfIndex does not support {metric}: use a FlatIndex or an HnswIndex.", nameof(metric));
        }

        _options = options ?? new IvfOptions();
        _options.Validate(dimensions);
        _rows = new RowStore(dimensions);
    }

    private protected override Breadth Breadth => new(nameof(NProbe), Math.Max(1, NList), value => NProbe = value);

    /// <summary>
    /// Number of lists that a search scans, at least 1: more give higher recall and take longer. Can be changed at any time. Default: a
    /// sixteenth of the lists, or up to four times as many if the index measures, by searching for some of its own vectors, that it finds
    /// less than 96 % of the nearest neighbors.
    /// </summary>
    public int NProbe
    {
        get => _nprobe ?? Math.Max(Math.Max(1, (NList + 15) / 16), Math.Min(_leastProbe, NList));
        set => _nprobe = AtLeastOne(value);
    }

    /// <summary>
    /// Maximum number of candidates to rescore per requested answer, at least 1. Rescoring stops earlier if the next ones are surely too
    /// far.
    /// </summary>
    public int Rescore { get; set => field = AtLeastOne(value); } = 16;

    /// <summary>Number of lists; 0 if there are too few vectors.</summary>
    public int NList => _partition?.Lists.Length ?? 0;

    /// <inheritdoc/>
    public override int Count => _count;

    /// <inheritdoc/>
    public override int IdLimit => _limit;

    /// <inheritdoc/>
    public override long MemoryBytes => _rows.Bytes + _free.Bytes + (_listOf.Length * (long)sizeof(int)) + (_partition?.Bytes ?? 0);

    /// <summary>Creates an index of vectors on all cores. Ids are row numbers.</summary>
    /// <exception cref="ArgumentException">
    /// A vector holds NaN or infinity, the metric is Manhattan or Hamming, or an option is out of range.
    /// </exception>
    public static IvfIndex Build(VectorMatrix vectors, Metric metric, IvfOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        var index = new IvfIndex(metric, vectors.Dimensions, options);
        index.Add(vectors);
        return index;
    }

    /// <inheritdoc/>
    public override bool Contains(int id)
    {
        using var reading = _gate.Read();
        return IsHeld(id);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        ThrowIfChanging(_writer.IsHeldByCurrentThread || Reporting.Value == this);
        lock (_writer)
        {
            _gate.Close(() =>
            {
                _partition?.Dispose();
                _file?.Dispose();
            });
        }
    }

    private static int AtLeastOne(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        return value;
    }

    private bool IsHeld(int id) => (uint)id < (uint)_limit && _listOf[id] != Free;

    private protected override bool TryCopyVector(int id, Span<float> vector)
    {
        using var reading = _gate.Read();
        if (!IsHeld(id))
        {
            return false;
        }

        _rows.Row(id).CopyTo(vector);
        return true;
    }

    // Changes run one after another. Searches run beside them, except for the moment in which a change becomes visible.
    private Lock.Scope Change()
    {
        ThrowIfChanging(_writer.IsHeldByCurrentThread || Reporting.Value == this);
        var scope = _writer.EnterScope();
        try
        {
            using var reading = _gate.Read();
            return scope;
        }
        catch
        {
            scope.Dispose();
            throw;
        }
    }
}
