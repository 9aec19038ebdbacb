using Simile.Index;
using Simile.Numerics;

namespace Irregular;

/// <summary>A set of vectors and how it comes into an index.</summary>
/// <param name="Name">Kind and degree.</param>
/// <param name="Vectors">All that the index holds in the end, row i under the id i, except those that are taken away.</param>
/// <param name="Queries">Fresh ones of the same kinds, spoilt ones among them.</param>
/// <param name="Fill">Null to add all at once.</param>
/// <param name="Gone">Ids that the filling removes again.</param>
internal sealed record Case(string Name, VectorMatrix Vectors, VectorMatrix Queries, Action<VectorIndex, VectorMatrix>? Fill = null, int[]? Gone = null)
{
    public void AddTo(VectorIndex index)
    {
        if (Fill is null)
        {
            index.Add(Vectors);
        }
        else
        {
            Fill(index, Vectors);
        }
    }
}
