using Simile.Index;

/// <summary>Search among 1, 10 and 50 % of the vectors: ours, hnswlib's, and a scan of the subset, all at recall ≥ .95.</summary>
internal static class FilterPart
{
    private const double Recall = 0.95;

    public static void Run(Options options)
    {
        Console.WriteLine("| set | share | index | queries/s at .95 | recall there |\n|---|---|---|---|---|");
        foreach (var set in options.Sets.Select(name => new DataSet(options.Folder, name, options.Queries)))
        {
            using var flat = new FlatIndex(set.Metric, set.Base.Dimensions);
            flat.Add(set.Base);
            var ours = options.Indexes.Where(name => name != Peer.Name).Select(Contestant.Named).ToArray();
            var built = ours.Select(one => one.Build(set.Base, set.Metric)).ToArray();
            foreach (var share in new[] { 0.01, 0.10, 0.50 })
            {
                Share(set, options, flat, ours, built, share);
            }

            Array.ForEach(built, index => index.Dispose());
        }
    }

    private static void Share(DataSet set, Options options, FlatIndex flat, Contestant[] ours, VectorIndex[] built, double share)
    {
        var filter = IdFilter.Of(set.Base.Count, Enumerable.Range(0, set.Base.Count).Where(id => Allowed(id, share)));
        var truth = flat.Search(set.Queries, DataSet.K, filter).Select(hits => hits.Select(hit => hit.Id).ToArray()).ToArray();
        Print(set, share, "scan of the subset", [Measure.Search(flat, set, truth, "", filter)]);
        if (options.Indexes.Contains(Peer.Name))
        {
            var path = set.PathOf($"filter_{share:F2}.ivecs");
            DataSet.WriteRows(path, truth);
            Print(set, share, Peer.Name, new Peer(options.Folder).Search(set, path, share));
        }

        foreach (var (one, index) in ours.Zip(built))
        {
            Print(set, share, one.Name, [.. one.Settings.Select(setting =>
            {
                setting.Apply(index);
                return Measure.Search(index, set, truth, setting.Setting, filter);
            })]);
        }
    }

    // The same ids as in peer_hnswlib.cpp.
    private static bool Allowed(int id, double share) => unchecked((uint)id * 2654435761u) < share * 4294967296.0;

    private static void Print(DataSet set, double share, string name, Point[] points)
    {
        var enough = points.Where(point => point.Recall >= Recall).DefaultIfEmpty(points.MaxBy(point => point.Recall))
            .MinBy(point => point.Recall);
        Console.WriteLine(
            $"| {set.Name} | {share:P0} | {name} | {Point.QpsAt(points, Recall):N0} | {enough.Recall:F4} ({enough.Setting}) |");
    }
}
