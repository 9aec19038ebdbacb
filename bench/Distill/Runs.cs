using System.Diagnostics;
using Simile.Models;

namespace Distill;

/// <summary>Distills and evaluates, with the time of each stage.</summary>
internal static class Runs
{
    /// <param name="teacher">A model folder.</param>
    /// <param name="folder">The folder to write. The teacher's vectors are cached beside it.</param>
    /// <param name="rest">File of texts ("-" for none), dimensions, type. Each may be omitted with those after it.</param>
    public static void Distill(string teacher, string folder, string[] rest)
    {
        var options = new DistillationOptions
        {
            TextFile = rest.ElementAtOrDefault(0) is { } file and not "-" ? file : null,
            Dimensions = int.Parse(rest.ElementAtOrDefault(1) ?? "256"),
            Type = Enum.Parse<TableType>(rest.ElementAtOrDefault(2) ?? "Int8"),
            CacheFolder = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))),
        };
        using var model = TextEmbedder.Load(teacher);
        var watch = Stopwatch.StartNew();
        var stages = new Stages(watch);
        Distillation.Build(model, folder, options, stages);
        Console.WriteLine($"{watch.Elapsed.TotalSeconds:F0} s in all");
    }

    public static void Evaluate(string file, string[] models)
    {
        foreach (var name in models)
        {
            using var model = TextEmbedder.Load(name);
            Console.WriteLine($"{Evaluation.Spearman(model, file):F4} {model.Dimensions} {name}");
        }
    }

    /// <summary>Embeds the file's short sentences until two seconds of processor time are used, tokenization included.</summary>
    public static void Speed(string name, string file)
    {
        using var model = TextEmbedder.Load(name);
        string[] texts = [.. File.ReadLines(file).Where(text => text.Length is >= 40 and <= 80).Take(50_000)];
        model.Embed(texts);
        using var process = Process.GetCurrentProcess();
        var (start, watch, done) = (process.TotalProcessorTime, Stopwatch.StartNew(), 0L);
        for (var spent = TimeSpan.Zero; spent < TimeSpan.FromSeconds(2); process.Refresh(), spent = process.TotalProcessorTime - start)
        {
            model.Embed(texts);
            done += texts.Length;
        }

        var seconds = (process.TotalProcessorTime - start).TotalSeconds;
        Console.WriteLine(
            $"{done / seconds:N0} texts of {texts.Average(text => text.Length):F0} characters a second of one core "
            + $"({done / watch.Elapsed.TotalSeconds:N0} a second by the clock)");
    }

    private sealed class Stages(Stopwatch watch) : IProgress<DistillationProgress>
    {
        private string _stage = string.Empty;

        public void Report(DistillationProgress value)
        {
            lock (this)
            {
                if (value.Stage != _stage)
                {
                    _stage = value.Stage;
                    Console.WriteLine($"{watch.Elapsed.TotalSeconds,5:F0} s {value.Stage} ({value.Total})");
                }
            }
        }
    }
}
