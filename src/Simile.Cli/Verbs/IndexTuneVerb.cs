using System.CommandLine;
using System.Globalization;
using Simile.Index;
using Simile.Tables;

namespace Simile.Cli;

/// <summary>simile index tune FILE --recall R: finds the fastest setting of an index with enough recall.</summary>
internal static class IndexTuneVerb
{
    private sealed record Options(string File, double Recall, string? Queries, int Top, bool Json);

    public static Command Create(Job job)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "An index file, made by 'simile index build' or VectorIndex.Save. It is rewritten with the new setting.",
        };
        var recall = CommonOptions.Number(
            "--recall",
            "The share of the exact nearest neighbors to find, above 0 and at most 1.",
            0.95,
            "a number above 0 and at most 1",
            share => share is > 0 and <= 1);
        var queries = new Option<string>("--queries")
        {
            Description = "A NumPy file of queries. Default: a few hundred of the index's own vectors.",
            HelpName = "FILE",
        };
        var top = CommonOptions.Count("--top", "How many answers count.", 10);
        var json = CommonOptions.Json("Print {\"setting\",\"value\",\"recall\",\"queries_per_second\"}.");
        var verb = new Verb(
            "tune",
            "Measures an index against exact search, and chooses the fastest setting with enough recall.",
            "simile index tune vectors.simi --recall 0.99")
        {
            file, recall, queries, top, json,
        };
        verb.SetAction(parsed => Run(
            new Options(
                parsed.GetValue(file)!, parsed.GetValue(recall), parsed.GetValue(queries), parsed.GetValue(top), parsed.GetValue(json)),
            job));
        return verb;
    }

    private static int Run(Options options, Job job)
    {
        using var index = VectorIndex.Open(options.File);
        var tuning = index.Tune(options.Recall, options.Queries is { } path ? VectorFile.Read(path, job.Stop).Vectors : null, options.Top);
        if (tuning.Setting.Length > 0)
        {
            index.Save(options.File);
        }

        if (options.Json)
        {
            new JsonLines(job.Terminal.Output).Write(writer =>
            {
                writer.WriteString("setting", tuning.Setting);
                writer.WriteNumber("value", tuning.Value);
                writer.WriteNumber("recall", Math.Round(tuning.Recall, 4));
                writer.WriteNumber("queries_per_second", Math.Round(tuning.QueriesPerSecond));
            });
        }
        else
        {
            job.Terminal.WriteLine(tuning.Setting.Length == 0
                ? "The index is exact: there is nothing to tune."
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{tuning.Setting} {tuning.Value}: recall@{options.Top} {tuning.Recall:F4}, {tuning.QueriesPerSecond:N0} queries per "
                    + $"second on one thread"));
        }

        return tuning.Recall >= options.Recall ? ExitCode.Done : ExitCode.Failure;
    }
}
