using System.Diagnostics;
using Simile.Index;
using Simile.Numerics;

/// <summary>Seconds to open a file of a million vectors, each time in a new process. The file is in the system's cache.</summary>
internal static class OpenPart
{
    private const int Count = 1_000_000;
    private const int Dimensions = 384;
    private const int Times = 5;

    public static void Run(Options options)
    {
        Console.WriteLine("| index | bytes | open | open, structure only | first search |\n|---|---|---|---|---|");
        foreach (var name in options.Indexes.Where(name => name != Peer.Name))
        {
            var path = Path.Combine(options.Folder, "idx", $"open_{name.Replace(':', '_')}.simi");
            if (!File.Exists(path))
            {
                using var index = Contestant.Named(name).Build(Vectors(), Metric.Cosine);
                index.Save(path);
            }

            var (whole, structure) = (Opened(options, path, IndexCheck.All), Opened(options, path, IndexCheck.Structure));
            Console.WriteLine(
                $"| {name} | {new FileInfo(path).Length:N0} | {whole.Open:F3} s | {structure.Open:F3} s | "
                + $"{structure.Search * 1000:F1} ms |");
        }
    }

    /// <summary>One opening, in this process.</summary>
    public static void RunOne(Options options)
    {
        var watch = Stopwatch.StartNew();
        using var index = VectorIndex.Open(options.Sets[0], Enum.Parse<IndexCheck>(options.Indexes[0]));
        var opened = watch.Elapsed.TotalSeconds;
        index.Search(new float[Dimensions].Select((_, i) => (float)i).ToArray(), 10);
        Console.WriteLine($"{opened} {watch.Elapsed.TotalSeconds - opened}");
    }

    private static (double Open, double Search) Opened(Options options, string path, IndexCheck check)
    {
        var runs = Enumerable.Range(0, Times).Select(_ => Process(options, path, check)).ToArray();
        return (SearchPart.Median(runs.Select(run => run[0])), SearchPart.Median(runs.Select(run => run[1])));
    }

    private static double[] Process(Options options, string path, IndexCheck check)
    {
        using var process = BuildPart.Start(
            Environment.ProcessorCount, options.Folder, "open-one", "--sets", path, "--indexes", $"{check}");
        return Array.ConvertAll(process.StandardOutput.ReadToEnd().Trim().Split(' '), double.Parse);
    }

    // A thousand clusters. Only their number matters here.
    private static VectorMatrix Vectors()
    {
        var middles = Noise(1000, 1);
        var vectors = Noise(Count, 2);
        Parallel.For(0, Count, i =>
        {
            var vector = vectors[i];
            var middle = middles[i % middles.Count];
            for (var j = 0; j < Dimensions; j++)
            {
                vector[j] += 2 * middle[j];
            }
        });
        return vectors;
    }

    private static VectorMatrix Noise(int count, int seed)
    {
        var noise = new VectorMatrix(count, Dimensions);
        Parallel.For(0, count, i =>
        {
            var random = new Random((seed * Count) + i);
            foreach (ref var component in noise[i])
            {
                component = random.NextSingle() - 0.5f;
            }
        });
        return noise;
    }
}
