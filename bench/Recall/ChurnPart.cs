using Simile.Index;
using Simile.Numerics;

/// <summary>
/// Replaces half of the vectors in ten rounds, and compares recall, memory and file size with a freshly built index of the same vectors.
/// </summary>
internal static class ChurnPart
{
    private const int Rounds = 10;

    public static void Run(Options options)
    {
        Console.WriteLine("| set | index | setting | recall churned | fresh | memory | file |\n|---|---|---|---|---|---|---|");
        foreach (var set in options.Sets.Select(name => new DataSet(options.Folder, name, options.Queries)))
        {
            foreach (var one in options.Indexes.Where(name => name != Peer.Name).Select(Contestant.Named))
            {
                Run(set, one, options.Folder);
            }
        }
    }

    // Two thirds of the set are in the index; the other third replaces half of them.
    private static void Run(DataSet set, Contestant one, string folder)
    {
        var held = set.Base.Count * 2 / 3;
        using var churned = one.Build(Rows(set.Base, [.. Enumerable.Range(0, held)]), set.Metric);
        var (memory, file) = (churned.MemoryBytes, FileBytes(churned, folder));
        var rowOf = Enumerable.Range(0, held).ToArray(); // the row of the set that an id stands for
        var leaving = Enumerable.Range(0, held).ToArray();
        new Random(7).Shuffle(leaving);
        for (var i = 0; i < held / 2; i++)
        {
            churned.Remove(leaving[i]);
            if ((i + 1) % (held / 2 / Rounds) == 0 || i + 1 == held / 2)
            {
                AddThoseGone(churned, set, held, leaving, rowOf, i + 1);
            }
        }

        using var fresh = one.Build(Rows(set.Base, rowOf), set.Metric);
        var truth = Truth(set, rowOf);
        foreach (var (setting, apply) in one.Settings)
        {
            apply(churned);
            apply(fresh);
            var (a, b) = (Measure.Search(churned, set, truth, setting), Measure.Search(fresh, set, truth, setting));
            Console.WriteLine(
                $"| {set.Name} | {one.Name} | {setting} | {a.Recall:F4} | {b.Recall:F4} | {churned.MemoryBytes / (double)memory:F3}× "
                + $"| {FileBytes(churned, folder) / (double)file:F3}× |");
        }
    }

    private static void AddThoseGone(VectorIndex churned, DataSet set, int held, int[] leaving, int[] rowOf, int gone)
    {
        while (churned.Count < held)
        {
            var row = held + gone - (held - churned.Count);
            var id = churned.Add(set.Base[row]);
            if (id >= held)
            {
                throw new InvalidOperationException($"Id {id} was given while ids of removed vectors were free (the first: {leaving[0]}).");
            }

            rowOf[id] = row;
        }
    }

    private static int[][] Truth(DataSet set, int[] rowOf)
    {
        using var flat = new FlatIndex(set.Metric, set.Base.Dimensions);
        flat.Add(Rows(set.Base, rowOf));
        return [.. flat.Search(set.Queries, DataSet.K).Select(hits => hits.Select(hit => hit.Id).ToArray())];
    }

    private static VectorMatrix Rows(VectorMatrix all, int[] rows)
    {
        var some = new VectorMatrix(rows.Length, all.Dimensions);
        for (var i = 0; i < rows.Length; i++)
        {
            all[rows[i]].CopyTo(some[i]);
        }

        return some;
    }

    private static long FileBytes(VectorIndex index, string folder)
    {
        var path = Path.Combine(folder, "idx", "churn.simi");
        index.Save(path);
        var bytes = new FileInfo(path).Length;
        File.Delete(path);
        return bytes;
    }
}
