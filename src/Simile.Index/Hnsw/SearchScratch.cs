using Simile.Index.Codes;
using Simile.Index.Memory;

namespace Simile.Index.Hnsw;

/// <summary>Memory that one search at a time works in, used again by the next.</summary>
internal sealed unsafe class SearchScratch(int dimensions, int stride) : IDisposable
{
    /// <summary>Candidates that are moved at a time.</summary>
    public const int PoolBlock = 8;

    private NativeArray<ulong> _pool = new(0);
    private NativeArray<ulong> _visited = new(0);
    private NativeArray<int> _touched = new(0);

    /// <summary>The query as the metric wants it, padded with zeros.</summary>
    public NativeArray<float> Query { get; } = new(QueryProjection.Padded(dimensions));

    /// <summary>What may be answered.</summary>
    public Snapshot Snapshot { get; } = new();

    public QueryWork Work { get; } = new(dimensions);

    /// <summary>Some neighbours of the candidate that is looked at.</summary>
    public NativeArray<int> Neighbors { get; } = new(Links.Block);

    /// <summary>Slots that are scored together.</summary>
    public NativeArray<int> Batch { get; } = new((GraphSearch.Together * stride) + 16);

    public NativeArray<float> Scores { get; } = new((GraphSearch.Together * stride) + 16);

    /// <summary>Candidates, best first: <see cref="Candidate"/> keys. Before the first stands a zero, which is better than any.</summary>
    public ulong* Pool => _pool.Pointer + PoolBlock;

    /// <summary>One bit a slot; all zero between searches.</summary>
    public ulong* Visited => _visited.Pointer;

    /// <summary>Slots whose bits were set: as many as <see cref="MostTouched"/>, and those of one candidate's neighbours more.</summary>
    public int* Touched => _touched.Pointer;

    /// <summary>From so many on all bits are cleared at less cost than each.</summary>
    public int MostTouched => (VisitedWords / 8) + 1;

    public int VisitedWords { get; private set; }

    public long Bytes =>
        _pool.Bytes + _visited.Bytes + _touched.Bytes + Query.Bytes + Work.Bytes + Neighbors.Bytes + Batch.Bytes + Scores.Bytes;

    /// <summary>Makes room for a search.</summary>
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
