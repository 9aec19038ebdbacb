using Simile.Index;

/// <summary>Runs one query at a time on one thread.</summary>
internal static class Measure
{
    public static Point Search(VectorIndex index, DataSet set, int[][] truth, string setting, IdFilter? filter = null)
    {
        var found = new Hit[set.Queries.Count][];
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = new Hit[DataSet.K];
        }

        for (var i = 0; i < Math.Min(200, found.Length); i++)
        {
            index.Search(set.Queries[found.Length - 1 - i], found[i], filter);
        }

        Array.ForEach(found, hits => Array.Fill(hits, new Hit(-1, 0)));
        var from = ThreadClock.Thread;
        for (var i = 0; i < found.Length; i++)
        {
            index.Search(set.Queries[i], found[i], filter);
        }

        var seconds = ThreadClock.Thread - from;
        var hits = found.Select((answer, i) => answer.Count(hit => truth[i].AsSpan(0, DataSet.K).Contains(hit.Id))).Sum();
        return new Point(setting, (double)hits / (found.Length * DataSet.K), found.Length / seconds);
    }
}
