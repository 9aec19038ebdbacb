using System.Diagnostics;

/// <summary>Seconds to build each index on one thread and on all cores, each in its own process bound to that number of cores.</summary>
internal static class BuildPart
{
    public static void Run(Options options)
    {
        Console.WriteLine("| set | index | threads | wall s | CPU s |\n|---|---|---|---|---|");
        foreach (var set in options.Sets)
        {
            foreach (var threads in new[] { 1, Environment.ProcessorCount })
            {
                foreach (var name in options.Indexes)
                {
                    Console.WriteLine($"| {set} | {name} | {threads} | {Bound(options, set, name, threads)} |");
                }
            }
        }
    }

    /// <summary>One build, in this process.</summary>
    public static void RunOne(Options options)
    {
        var set = new DataSet(options.Folder, options.Sets[0], options.Queries);
        var contestant = Contestant.Named(options.Indexes[0]);
        var (from, watch) = (ThreadClock.Process, Stopwatch.StartNew());
        using var index = contestant.Build(set.Base, set.Metric);
        Console.WriteLine($"{watch.Elapsed.TotalSeconds:F2} | {ThreadClock.Process - from:F2}");
    }

    private static string Bound(Options options, string set, string name, int threads)
    {
        if (name == Peer.Name)
        {
            var (wall, cpu, _) = new Peer(options.Folder).Build(new DataSet(options.Folder, set, options.Queries), threads);
            return $"{wall:F2} | {cpu:F2}";
        }

        using var process = Start(threads, options.Folder, "build-one", "--sets", set, "--indexes", name);
        return process.StandardOutput.ReadToEnd().Trim();
    }

    /// <summary>This program again, bound to a number of cores.</summary>
    internal static Process Start(int threads, params string[] arguments)
    {
        string[] words = ["-c", $"0-{threads - 1}", Environment.ProcessPath!, .. Assembly, .. arguments];
        return Process.Start(new ProcessStartInfo("taskset", words) { RedirectStandardOutput = true })!;
    }

    // Under "dotnet Recall.dll" the process is dotnet, otherwise the program itself.
    private static string[] Assembly =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Path.Combine(AppContext.BaseDirectory, "Recall.dll")] : [];
}
