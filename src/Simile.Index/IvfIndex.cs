using Simile.Index.Format;
using Simile.Index.Ivf;
using Simile.Index.Memory;
using Simile.Index.Tuning;
using Simile.Numerics;

namespace Simile.Index;

/// <summary>
/// Approximate search that is built in seconds: vectors are put in lists by their nearest centroid (an inverted file, Jégou et al. 2011).
/// A search scans the codes of the lists closest to the query, 4 bits a sub-space, 32 vectors at a time, and compares the best candidates
/// by their floats, so that scores are exact. Long vectors that vary along few directions are put in lists and coded along these alone.
/// </summary>
/// <remarks>
/// Thread-safe: any number of threads may search while one changes the index; changes come one after another, and a search waits for at most
/// one vector's. Below <see cref="IvfOptions.TrainFrom"/> vectors every one is scanned and answers are exact; lists are made then, and made
/// anew whenever there are four times as many, or a quarter. Cosine, dot and L2 only: a centroid is a mean.
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

    /// <summary>Makes an empty index.</summary>
    /// <param name="metric">Cosine, dot or L2.</param>
    /// <param name="dimensions">Components of each vector, at least 1.</param>
    /// <param name="options">How it is laid out.</param>
    /// <exception cref="ArgumentException">The metric is another, or an option is out of its range.</exception>
    public IvfIndex(Metric metric, int dimensions, IvfOptions? options = null)
        : base(metric, dimensions)
    {
        if (metric is not (Metric.Cosine or Metric.Dot or Metric.L2))
        {
            throw new ArgumentException($"Lists around means do not fit {metric}: use a FlatIndex or an HnswIndex.", nameof(metric));
        }

        _options = options ?? new IvfOptions();
        _options.Validate(dimensions);
        _rows = new RowStore(dimensions);
    }

    private protected override Breadth Breadth => new(nameof(NProbe), Math.Max(1, NList), value => NProbe = value);

    /// <summary>How many lists a search scans, at least 1; more find more and cost more. May be changed at any time; until then a sixteenth of the lists, or up to four times as many where the index finds, by searching for some of its own vectors, that so many find less than 96 % of the nearest.</summary>
    public int NProbe
    {
        get => _nprobe ?? Math.Max(Math.Max(1, (NList + 15) / 16), Math.Min(_leastProbe, NList));
        set => _nprobe = AtLeastOne(value);
    }

    /// <summary>How many candidates a search compares by their floats for each answer that is wanted, at most; at least 1. It stops when the next ones are surely too far.</summary>
    public int Rescore { get; set => field = AtLeastOne(value); } = 16;

    /// <summary>Number of lists; 0 while there are too few vectors for any.</summary>
    public int NList => _partition?.Lists.Length ?? 0;

    /// <inheritdoc/>
    public override int Count => _count;

    /// <inheritdoc/>
    public override int IdLimit => _limit;

    /// <inheritdoc/>
    public override long MemoryBytes => _rows.Bytes + _free.Bytes + (_listOf.Length * (long)sizeof(int)) + (_partition?.Bytes ?? 0);

    /// <summary>Makes an index of vectors, on all cores; their ids are their row numbers.</summary>
    /// <exception cref="ArgumentException">A vector holds NaN or infinity, the metric is Manhattan or Hamming, or an option is out of its range.</exception>
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

    // Changes come one after another; searches go on beside all but the moment in which one shows.
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
