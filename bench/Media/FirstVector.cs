using System.Diagnostics;
using System.Globalization;
using Simile.Models;

namespace Media;

/// <summary>all-MiniLM-L6-v2 in a fresh process: how long until the first vector, and how much memory it takes.</summary>
internal static class FirstVector
{
    private const int Processes = 7;

    public static void Run(string assets)
    {
        var model = Path.Combine(assets, "models", "all-MiniLM-L6-v2");
        var weights = new FileInfo(Path.Combine(model, "model.safetensors")).Length / 1e6;
        var runs = Enumerable.Range(0, Processes).Select(_ => Start(model)).ToArray();
        var empty = Enumerable.Range(0, Processes).Select(_ => Start("none")).ToArray();
        double Middle(double[][] of, int column) => Rounds.Median([.. of.Select(run => run[column])]);
        var taken = Middle(runs, 3) - Middle(empty, 3);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""

            | all-MiniLM-L6-v2, {weights:F1} MB of weights, a fresh process (median of {Processes}) | |
            |---|---|
            | model opened | {Middle(runs, 0):F0} ms |
            | from there to the first vector | {Middle(runs, 1):F0} ms |
            | from the start of the process to the first vector | {Middle(runs, 2):F0} ms |
            | greatest memory (resident) less that of a process without a model | {taken:F0} MB, {taken / weights:F2} × the weights |
            | of it anonymous, not pages of the file | {Middle(runs, 4) - Middle(empty, 4):F0} MB, {(Middle(runs, 4) - Middle(empty, 4)) / weights:F2} × the weights |
            """));
    }

    /// <summary>What the fresh process does.</summary>
    public static void Child(string model)
    {
        var begin = Process.GetCurrentProcess().StartTime.ToUniversalTime();
        var start = Stopwatch.GetTimestamp();
        using var embedder = model == "none" ? null : TextEmbedder.Load(model);
        var opened = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        embedder?.Embed("a bird that cannot fly");
        var first = Stopwatch.GetElapsedTime(start).TotalMilliseconds - opened;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{opened} {first} {(DateTime.UtcNow - begin).TotalMilliseconds} {Status("VmHWM")} {Status("RssAnon")}"));
    }

    private static double[] Start(string model)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        start.ArgumentList.Add("first");
        start.ArgumentList.Add(model);
        using var process = Process.Start(start)!;
        var line = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return [.. line.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
    }

    // Megabytes, by Linux's account.
    private static double Status(string name) =>
        double.Parse(Kilobytes(name), CultureInfo.InvariantCulture) * 1024 / 1e6;

    private static string Kilobytes(string name) =>
        File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', '\t').Where(word => word.Length > 0).ElementAt(1);
}
