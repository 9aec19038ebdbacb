using Simile.VectorData.Vectors;

namespace Simile.VectorData.Keywords;

/// <summary>
/// Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009): a hit's score is the sum of 1 / (60 + rank) over the lists that have it.
/// </summary>
internal static class RankFusion
{
    private const float K = 60;

    /// <summary>The hits of several lists, best first. Equal scores of a list share a rank.</summary>
    public static RowHit[] Fuse(params ReadOnlySpan<RowHit[]> lists)
    {
        var scores = new Dictionary<long, float>();
        foreach (var list in lists)
        {
            var rank = 0;
            for (var i = 0; i < list.Length; i++)
            {
                rank = i == 0 || list[i].Score != list[i - 1].Score ? i + 1 : rank;
                scores[list[i].Row] = scores.GetValueOrDefault(list[i].Row) + 1 / (K + rank);
            }
        }

        return [.. scores.Select(pair => new RowHit(pair.Key, pair.Value)).OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Row)];
    }
}
