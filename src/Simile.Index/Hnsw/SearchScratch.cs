using Simile.Index.Codes;
using Simile.Index.Memory;

namespace Simile.Index.Hnsw;

/// <summary>Reusable memory of one search at a time.</summary>
internal sealed unsafe class SearchScratch(int dimensions, int stride) : IDisposable
{
    /// <summary>The number of candidates that are moved at a time.</summary>
    public const int PoolBlock = 8;

    private NativeArray<ulong> _pool = new(0);
    private NativeArray<ulong> _visited = new(0);
    private NativeArray<int> _touched = new(0);

    /// <summary>The query as the metric needs it, zero-padded.</summary>
    public NativeArray<float> Query { get; } = new(QueryProjection.Padded(dimensions));

    /// <summary>The filter of the search.</summary>
    public Snapshot Snapshot { get; } = new();

    public QueryWork Work { get; } = new(dimensions);

    /// <summary>Whether the query was found to be far from all vectors.</summary>
    public bool IsFar { get; set; }

    /// <summary>Whether better vectors may be missing among the rescored ones.</summary>
    public bool IsUnsure { get; set; }

    /// <summary>Neighbors of the current candidate.</summary>
    public NativeArray<int> Neighbors { get; } = new(Links.Block);

    /// <summary>Slots that are scored together.</summary>
    public NativeArray<int> Batch { get; } = new((GraphSearch.Together * stride) + 16);

    public NativeArray<float> Scores { get; } = new((GraphSearch.Together * stride) + 16);

    /// <summary>The candidates, best first, as <see cref="Candidate"/> keys. A zero, better than any, precedes the first.</summary>
    public ulong* Pool => _pool.Pointer + PoolBlock;

    /// <summary>The visited set: one bit per slot, all zero between searches.</summary>
    public ulong* Visited => _visited.Pointer;

    /// <summary>The slots in the visited set: up to <see cref="MostTouched"/>, plus those of one candidate's neighbors.</summary>
    public int* Touched => _touched.Pointer;

    /// <summary>From this number on, clearing all bits is cheaper than clearing each.</summary>
    public int MostTouched => (VisitedWords / 8) + 1;

    public int VisitedWords { get; private set; }

    public long Bytes =>
        _pool.Bytes + _visited.Bytes + _touched.Bytes + Query.Bytes + Work.Bytes + Neighbors.Bytes + Batch.Bytes + Scores.Bytes;

    /// <summary>Allocates memory for a search.</summary>
    public void Reserve(int slots, int ef)
    {
        if (_pool.Length < ef + (4 * PoolBlock))
        {
            _pool.Dispose();
            _pool = new NativeArray<ulong>(Math.Max(256, 2L * ef) + (4 * PoolBlock));
        }

        VisitedWords = (slots + 63) / 64;
        if (_visited.Length < VisitedWords)
        {
            _visited.Dispose();
            _touched.Dispose();
            _visited = new NativeArray<ulong>(VisitedWords + (VisitedWords / 4) + 1);
            _touched = new NativeArray<int>((_visited.Length / 8) + (GraphSearch.Together * stride) + 64);
        }
    }

    public void Dispose()
    {
        _pool.Dispose();
        _visited.Dispose();
        _touched.Dispose();
        Query.Dispose();
        Work.Dispose();
        Neighbors.Dispose();
        Batch.Dispose();
        Scores.Dispose();
    }
}
