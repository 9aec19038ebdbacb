using System.CommandLine;
using System.Globalization;
using Simile.Analyses;
using Simile.Plotting;

namespace Simile.Cli;

/// <summary>simile cluster PATH…: which items belong together, and what each group is about.</summary>
internal static class ClusterVerb
{
    private sealed record Options(ClusterOptions Clusters, string? Chart, bool Json);

    public static Command Create(Job job)
    {
        var input = new AnalysisArguments();
        var method = CommonOptions.Choice("--method", "How clusters are found.", ClusterMethod.KMeans);
        var k = CommonOptions.OptionalCount("--k", "How many clusters k-means finds; chosen from 2 to 12 where it is not given.");
        var least = CommonOptions.OptionalCount(
            "--min-size", "Fewest items of a cluster of hdbscan; without, one in a hundred and at least 5.");
        var resolution = CommonOptions.Number(
            "--resolution",
            "Of leiden: greater for more and smaller clusters.",
            1,
            "a number above 0",
            value => value > 0 && double.IsFinite(value));
        var chart = new Option<string?>("--chart")
        {
            Description = "A file for the chart of inertia by which k can be chosen (.png or .svg).",
            HelpName = "FILE",
        };
        var json = CommonOptions.Json("Print {\"path\",\"cluster\",\"name\"} a line, in the order of the items; cluster -1 is noise.");
        CommonOptions.RequireEnding(chart, "a chart", ".png", ".svg");
        var verb = new Verb(
            "cluster",
            "Finds groups of items that are alike, and names them: texts by their words, files by the one in the middle.",
            "simile cluster letters/",
            "simile cluster photos/ --k 8 --json",
            "simile cluster vectors.npy --metric cosine --chart elbow.png")
        { input.Paths, method, k, least, resolution, chart, json };
        input.AddTo(verb);
        verb.SetAction(parsed => Run(
            input.Read(parsed, job, out var paths),
            paths,
            new Options(
                new ClusterOptions
                {
                    Method = parsed.GetValue(method),
                    K = parsed.GetValue(k),
                    MinClusterSize = parsed.GetValue(least),
                    Resolution = parsed.GetValue(resolution),
                    Metric = parsed.GetValue(input.Metric),
                    Seed = parsed.GetValue(input.Seed),
                },
                parsed.GetValue(chart),
                parsed.GetValue(json)),
            job));
        return verb;
    }

    private static int Run(AnalyzedVectors vectors, GivenPaths paths, Options options, Job job)
    {
        var found = Find(vectors, options.Clusters, job);
        if (options.Chart is { } chart)
        {
            SaveChart(chart, found);
        }

        if (options.Json)
        {
            new JsonLines(job.Terminal.Output).Write(vectors.Count, (json, i) =>
            {
                ItemName.Write(json, vectors.Items[i], paths);
                json.WriteNumber("cluster", found.Groups.Of[i]);
                json.WriteString("name", found.Groups.Of[i] < 0 ? string.Empty : found.Groups.Names[found.Groups.Of[i]]);
            });
        }
        else
        {
            Print(vectors, found, paths, job.Terminal);
        }

        return ExitCode.Done;
    }

    private static ClusterAnalysis Find(AnalyzedVectors vectors, ClusterOptions options, Job job)
    {
        using var progress = job.Terminal.Progress("steps");
        return ClusterAnalysis.Find(vectors, options, new StepProgress(progress), job.Stop);
    }

    private static void Print(AnalyzedVectors vectors, ClusterAnalysis found, GivenPaths paths, Terminal terminal)
    {
        for (var cluster = -1; cluster < found.Groups.Names.Count; cluster++)
        {
            var members = vectors.Items.Where((_, i) => found.Groups.Of[i] == cluster).ToList();
            if (members.Count > 0)
            {
                var name = cluster < 0 ? "noise" : $"{cluster} {found.Groups.Names[cluster]}";
                terminal.WriteLine(
                    $"{terminal.Bold(Visible.Of(name))} {terminal.Dim(members.Count.ToString("N0", CultureInfo.InvariantCulture))}");
                members.ForEach(item => terminal.WriteLine($"  {Visible.Of(ItemName.Of(item, paths))}"));
            }
        }

        if (found.Silhouette is { } silhouette)
        {
            terminal.WriteLine(terminal.Dim(string.Create(CultureInfo.InvariantCulture, $"silhouette {silhouette:F3}")));
        }
    }

    private static void SaveChart(string path, ClusterAnalysis found)
    {
        if (found.Trials.Count == 0)
        {
            throw new ArgumentException("--chart shows the choice of k, which k-means makes where --k is not given.");
        }

        var chart = Chart.Elbow(
            [.. found.Trials.Select(trial => trial.K)], [.. found.Trials.Select(trial => trial.Inertia)], found.Groups.Names.Count);
        ChartOutput.Save(chart, path);
    }
}
