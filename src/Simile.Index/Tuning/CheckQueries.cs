using Simile.Index.Hnsw;
using Simile.Index.Quantization;
using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Index.Tuning;

/// <summary>Chooses vectors that an index searches for to check itself: different ones, some of them far from the rest.</summary>
/// <remarks>
/// Where most vectors are copies of a few, a plain sample is of the copies and says nothing about the others. And the few that lie far from
/// all others are what an approximate index loses first: a plain sample holds none of them.
/// </remarks>
internal static class CheckQueries
{
    // One query in so many is of those that are far off.
    private const int FarEach = 4;

    // Vectors that are looked at for each query.
    private const int Looked = 16;

    // The share of those looked at that counts as far off.
    private const int FarShare = 20;

    /// <summary>
    /// The ids of up to so many vectors, all different: first those spread evenly over the ids, then those that are far off.
    /// </summary>
    public static (int[] Common, int[] Far) Choose(int[] ids, RecallCheck.RowCopy copy, int dimensions, int count)
    {
        var looked = Different(Spread(ids, Looked * count), copy, dimensions);
        var far = Farthest(looked, copy, dimensions, Math.Max(1, looked.Length / FarShare));
        return (Spread(looked, count - (count / FarEach)), Spread(far, Math.Max(1, count / FarEach)));
    }

    private static int[] Spread(int[] all, int most) =>
        all.Length <= most ? all : [.. Enumerable.Range(0, most).Select(i => all[(int)(((2L * i) + 1) * all.Length / (2 * most))])];

    private static int[] Different(int[] ids, RecallCheck.RowCopy copy, int dimensions)
    {
        var (row, seen) = (new float[dimensions], new HashSet<uint>(ids.Length));
        return [.. ids.Where(id =>
        {
            copy(id, row);
            return seen.Add(EqualRows.Hash(row));
        })];
    }

    // From the middle of the usual ones: one that is very far off would move a mean.
    private static int[] Farthest(int[] ids, RecallCheck.RowCopy copy, int dimensions, int count)
    {
        var rows = new VectorMatrix(ids.Length, dimensions);
        for (var i = 0; i < ids.Length; i++)
        {
            copy(ids[i], rows[i]);
        }

        var middle = MedianRow.Of(rows);
        var distances = new float[ids.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            distances[i] = -Pairwise<SquaredL2>.One(rows[i], middle);
        }

        var order = (int[])ids.Clone();
        Array.Sort(distances, order);
        return order[..Math.Min(count, order.Length)];
    }
}
