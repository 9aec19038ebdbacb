using System.Runtime.Intrinsics;

namespace Simile.Index.Hnsw;

/// <summary>Scores the vectors themselves: for metrics without codes, and for small sets.</summary>
internal readonly unsafe struct RowScorer(VectorRows rows, float* query) : IScorer
{
    private readonly VectorRows _rows = rows;
    private readonly float* _query = query;

    public void Prefetch(int slot) => _rows.Prefetch(slot);

    public Vector128<float> Score(int a, int b, int c, int d) =>
        Vector128.Create(_rows.Score(_query, a), _rows.Score(_query, b), _rows.Score(_query, c), _rows.Score(_query, d));
}
