using System.CommandLine;
using System.Globalization;
using Simile.Analyses;
using Simile.Analysis;

namespace Simile.Cli;

/// <summary>simile outliers PATH…: what is unlike the rest, and what it is still most like.</summary>
internal static class OutliersVerb
{
    private const int ShownToPeople = 10;

    public static Command Create(Job job)
    {
        var input = new AnalysisArguments();
        var method = CommonOptions.Choice(
            "--method",
            "What makes an item unusual: sparser surroundings than its neighbors', far neighbors, or a far cluster.",
            OutlierMethod.LocalOutlierFactor);
        var k = CommonOptions.OptionalCount("--k", "Neighbors that count; 20 where it is not given.");
        var top = CommonOptions.OptionalCount(
            "--top", $"How many, most unusual first; {ShownToPeople} where it is not given, and all with --json.");
        var json = CommonOptions.Json("Print {\"path\",\"score\",\"neighbors\"} a line, most unusual first.");
        var verb = new Verb(
            "outliers",
            "Finds items that are unlike the others: what is damaged, misfiled or new.",
            "simile outliers photos/",
            "simile outliers vectors.npy --method neighbordistance --k 5 --json | head -20")
        { input.Paths, method, k, top, json };
        input.AddTo(verb);
        verb.SetAction(parsed =>
        {
            var vectors = input.Read(parsed, job, out var paths);
            var options = new OutlierOptions
            {
                Method = parsed.GetValue(method),
                K = parsed.GetValue(k),
                Metric = parsed.GetValue(input.Metric) ?? vectors.Metric,
                Seed = parsed.GetValue(input.Seed),
            };
            var asJson = parsed.GetValue(json);
            Print(
                vectors,
                Find(vectors, options, job),
                paths,
                parsed.GetValue(top) ?? (asJson ? int.MaxValue : ShownToPeople),
                asJson,
                job.Terminal);
            return ExitCode.Done;
        });
        return verb;
    }

    private static OutlierSearch Find(AnalyzedVectors vectors, OutlierOptions options, Job job)
    {
        using var progress = job.Terminal.Progress("steps");
        return OutlierSearch.Find(vectors, options, new StepProgress(progress), job.Stop);
    }

    private static void Print(AnalyzedVectors vectors, OutlierSearch found, GivenPaths paths, int top, bool asJson, Terminal terminal)
    {
        var lines = new JsonLines(terminal.Output);
        foreach (var (row, score, neighbors) in found.Ranked.Take(top))
        {
            if (!asJson)
            {
                var near = neighbors.Count == 0
                    ? string.Empty
                    : terminal.Dim(
                        $"  near {string.Join(", ", neighbors.Select(near => Visible.Of(ItemName.Of(vectors.Items[near], paths))))}");
                var name = Visible.Of(ItemName.Of(vectors.Items[row], paths));
                terminal.WriteLine($"{score.ToString("0.000", CultureInfo.InvariantCulture)}  {terminal.Bold(name)}{near}");
                continue;
            }

            lines.Write(json =>
            {
                ItemName.Write(json, vectors.Items[row], paths);
                json.WriteNumber("score", score);
                json.WriteStartArray("neighbors");
                foreach (var near in neighbors)
                {
                    ItemName.WriteValue(json, vectors.Items[near], paths);
                }

                json.WriteEndArray();
            });
        }
    }
}
