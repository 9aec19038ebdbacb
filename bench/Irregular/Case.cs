using Simile.Index;
using Simile.Numerics;

namespace Irregular;

/// <summary>A set of vectors and how it is added to an index.</summary>
/// <param name="Name">Its kind and degree.</param>
/// <param name="Vectors">The final content of the index: row i has the id i, except for removed ids.</param>
/// <param name="Queries">New vectors of the same kinds, including irregular ones.</param>
/// <param name="Fill">Adds the vectors; null to add all at once.</param>
/// <param name="Gone">Ids that are removed again.</param>
internal sealed record Case(
    string Name, VectorMatrix Vectors, VectorMatrix Queries, Action<VectorIndex, VectorMatrix>? Fill = null, int[]? Gone = null)
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
