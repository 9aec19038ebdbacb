/// <summary>One measured setting of an index.</summary>
internal readonly record struct Point(string Setting, double Recall, double Qps)
{
    /// <summary>
    /// Queries per second at a recall, interpolated between the two adjacent points in (recall, log of queries per second); NaN outside the
    /// points.
    /// </summary>
    public static double QpsAt(IEnumerable<Point> points, double recall)
    {
        // A point that another beats in both is not a useful setting.
        var line = points.Where(p => !points.Any(q => q.Recall >= p.Recall && q.Qps > p.Qps)).OrderBy(p => p.Recall).ToArray();
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i].Recall >= recall)
            {
                return i == 0 ? line[0].Qps : Between(line[i - 1], line[i], recall);
            }
        }

        return double.NaN;
    }

    private static double Between(Point low, Point high, double recall)
    {
        var share = (recall - low.Recall) / (high.Recall - low.Recall);
        return Math.Exp(((1 - share) * Math.Log(low.Qps)) + (share * Math.Log(high.Qps)));
    }
}
