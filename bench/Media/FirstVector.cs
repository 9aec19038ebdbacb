using System.Diagnostics;
using System.Globalization;
using Simile.Models;
using Simile.Models.Checkpoints;

namespace Media;

/// <summary>A model in a fresh process: how long until the first vector, and how much memory it takes.</summary>
internal static class FirstVector
{
    private const int Processes = 7;
    private const string Nothing = "none";

    public static void Run(string assets)
    {
        var text = Path.Combine(assets, "models", "all-MiniLM-L6-v2", "model.safetensors");
        Report("all-MiniLM-L6-v2", text, Path.GetDirectoryName(text)!);
        var folder = Directory.CreateTempSubdirectory("simile-media-").FullName;
        var pictures = PictureShare.WriteWeights(assets, folder);
        Report("the picture part of CLIP ViT-B/32, weights by formula", pictures, assets, pictures);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>What the fresh process does.</summary>
    /// <param name="model">Nothing at all, a folder of a text model; or the assets and CLIP's weights.</param>
    public static void Child(params string[] model)
    {
        var begin = Process.GetCurrentProcess().StartTime.ToUniversalTime();
        var start = Stopwatch.GetTimestamp();
        using var texts = model is [not Nothing] ? TextEmbedder.Load(model[0]) : null;
        using var pictures = model is [_, _] ? PictureShare.Load(model[0], SafeTensors.Open(model[1])) : null;
        var opened = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        texts?.Embed("a bird that cannot fly");
        pictures?.Embed(Photos.Files(model[0])[0]);
        var first = Stopwatch.GetElapsedTime(start).TotalMilliseconds - opened;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{opened} {first} {(DateTime.UtcNow - begin).TotalMilliseconds} {Status("VmHWM")} {Status("VmRSS")} {Status("RssAnon")}"));
    }

    private static void Report(string name, string file, params string[] model)
    {
        var weights = new FileInfo(file).Length / 1e6;
        var runs = Enumerable.Range(0, Processes).Select(_ => Start(model)).ToArray();
        var empty = Enumerable.Range(0, Processes).Select(_ => Start(Nothing)).ToArray();
        double Middle(double[][] of, int column) => Rounds.Median([.. of.Select(run => run[column])]);
        string Taken(int column)
        {
            var taken = Middle(runs, column) - Middle(empty, column);
            return string.Create(CultureInfo.InvariantCulture, $"{taken:F0} MB, {taken / weights:F2} × the weights");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""

            | {name}, {weights:F1} MB of weights, a fresh process (median of {Processes}) | |
            |---|---|
            | model opened | {Middle(runs, 0):F0} ms |
            | from there to the first vector | {Middle(runs, 1):F0} ms |
            | from the start of the process to the first vector | {Middle(runs, 2):F0} ms |
            | greatest memory (resident) less that of a process without a model | {Taken(3)} |
            | memory after the first vector, likewise | {Taken(4)} |
            | of it anonymous, not pages of a file | {Taken(5)} |
            """));
    }

    private static double[] Start(params string[] model)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        foreach (var argument in (string[])["first", .. model])
        {
            start.ArgumentList.Add(argument);
        }

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
