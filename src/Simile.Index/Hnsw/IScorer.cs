using System.Runtime.Intrinsics;

namespace Simile.Index.Hnsw;

/// <summary>What a search compares one query with. Used as a type argument only, so that each search is compiled for its scorer.</summary>
internal interface IScorer
{
    /// <summary>Asks for what scoring a slot reads.</summary>
    void Prefetch(int slot);

    /// <summary>Scores of four slots.</summary>
    Vector128<float> Score(int a, int b, int c, int d);
}
