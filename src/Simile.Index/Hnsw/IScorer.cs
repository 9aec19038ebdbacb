using System.Runtime.Intrinsics;

namespace Simile.Index.Hnsw;

/// <summary>Scores slots against one query. Used only as a type argument, so that each search is specialized for its scorer.</summary>
internal interface IScorer
{
    /// <summary>Prefetches the memory for scoring a slot.</summary>
    void Prefetch(int slot);

    /// <summary>The scores of four slots.</summary>
    Vector128<float> Score(int a, int b, int c, int d);
}
