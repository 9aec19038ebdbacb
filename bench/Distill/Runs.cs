using System.Diagnostics;
using Simile.Models;

namespace Distill;

/// <summary>Distils and evaluates, and says how long each stage took.</summary>
internal static class Runs
{
    /// <param name="teacher">A model folder.</param>
    /// <param name="folder">The folder to write; the teacher's vectors are kept beside it.</param>
    /// <param name="rest">File of texts ("-" for none), dimensions, type: each may be left out with what follows it.</param>
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
        Distillation.Run(model, folder, options, stages);
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
