using Simile.Index;

/// <summary>
/// Recall@10 and queries per second of each setting, in rounds that alternate the indexes, and the ratio to hnswlib at equal recall (median
/// of the rounds).
/// </summary>
internal static class SearchPart
{
    private static readonly double[] Recalls = [0.90, 0.95, 0.99];

    public static void Run(Options options)
    {
        foreach (var set in options.Sets.Select(name => new DataSet(options.Folder, name, options.Queries)))
        {
            Console.WriteLine(
                $"\n## {set.Name}: {set.Base.Count:N0} × {set.Base.Dimensions}, {set.Metric}, {set.Queries.Count:N0} queries, "
                + "one thread\n");
            var peer = new Peer(options.Folder);
            var ours = options.Indexes.Where(name => name != Peer.Name).Select(Contestant.Named).ToArray();
            var built = ours.Select(one => one.Build(set.Base, set.Metric)).ToArray();
            var rounds = Enumerable.Range(0, options.Rounds).Select(_ => Round(set, options, peer, ours, built)).ToArray();
            Print(rounds);
            PrintBytes(set, peer, ours, built);
            Array.ForEach(built, index => index.Dispose());
        }
    }

    private static Dictionary<string, Point[]> Round(DataSet set, Options options, Peer peer, Contestant[] ours, VectorIndex[] built)
    {
        var round = new Dictionary<string, Point[]>();
        if (options.Indexes.Contains(Peer.Name))
        {
            round[Peer.Name] = peer.Search(set, set.TruthPath);
        }

        foreach (var (one, index) in ours.Zip(built))
        {
            round[one.Name] = [.. one.Settings.Select(setting =>
            {
                setting.Apply(index);
                return Measure.Search(index, set, set.Truth, setting.Setting);
            })];
        }

        return round;
    }

    private static void Print(Dictionary<string, Point[]>[] rounds)
    {
        Console.WriteLine("| index | setting | recall@10 | queries/s (median) |\n|---|---|---|---|");
        foreach (var name in rounds[0].Keys)
        {
            for (var i = 0; i < rounds[0][name].Length; i++)
            {
                var point = rounds[0][name][i];
                Console.WriteLine(
                    $"| {name} | {point.Setting} | {point.Recall:F4} | {Median(rounds.Select(round => round[name][i].Qps)):N0} |");
            }
        }

        Console.WriteLine(
            $"\n| index | {string.Join(" | ", Recalls.Select(recall => $"at {recall:F2}"))} |\n"
            + $"|---|{string.Concat(Recalls.Select(_ => "---|"))}");
        foreach (var name in rounds[0].Keys)
        {
            var cells = Recalls.Select(recall => Cell(rounds, name, recall));
            Console.WriteLine($"| {name} | {string.Join(" | ", cells)} |");
        }
    }

    private static string Cell(Dictionary<string, Point[]>[] rounds, string name, double recall)
    {
        var qps = Median(rounds.Select(round => Point.QpsAt(round[name], recall)));
        if (!rounds[0].ContainsKey(Peer.Name))
        {
            return $"{qps:N0}";
        }

        var ratios = rounds.Select(round => Point.QpsAt(round[name], recall) / Point.QpsAt(round[Peer.Name], recall)).Order().ToArray();
        return $"{qps:N0}/s, {Median(ratios):F2}× ({ratios[0]:F2}–{ratios[^1]:F2})";
    }

    private static void PrintBytes(DataSet set, Peer peer, Contestant[] ours, VectorIndex[] built)
    {
        var raw = 4.0 * set.Base.Dimensions;
        Console.WriteLine($"\nBytes a vector (numbers alone: {raw:N0}):");
        if (peer.Bytes(set) is var bytes and > 0)
        {
            Console.WriteLine($"- {Peer.Name} {(double)bytes / set.Base.Count:N0}");
        }

        foreach (var (one, index) in ours.Zip(built))
        {
            var each = (double)index.MemoryBytes / index.Count;
            Console.WriteLine($"- {one.Name} {each:N0} ({each / raw:F2}×)");
        }
    }

    internal static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
