using System.CommandLine;
using System.Globalization;
using Simile.Analyses;
using Simile.Plotting;
using Simile.Tables;

namespace Simile.Cli;

/// <summary>simile reduce F --to N --out G: vectors with fewer dimensions.</summary>
internal static class ReduceVerb
{
    private sealed record Options(int To, string Out, ReductionOptions Reduction, string? Chart, bool Json);

    public static Command Create(Job job)
    {
        var input = new AnalysisArguments();
        var to = CommonOptions.OptionalCount("--to", "How many dimensions are left.");
        to.Required = true;
        var output = new Option<string>("--out", "-o")
        {
            Description = $"The file to write: {string.Join(", ", VectorFile.Writable)}.",
            HelpName = "FILE",
            Required = true,
        };
        var method = CommonOptions.Choice("--method", "How vectors are shortened.", ReduceMethod.Pca);
        var whiten = new Option<bool>("--whiten") { Description = "Give every dimension a variance of 1 (pca)." };
        var chart = new Option<string?>("--chart")
        {
            Description = "A file for the chart of the variance that each dimension explains (pca; .png or .svg).",
            HelpName = "FILE",
        };
        var json = CommonOptions.Json("Print {\"metric\",\"value\"} a line: dimensions, and for pca how much is lost.");
        CommonOptions.RequireEnding(output, "vectors", [.. VectorFile.Writable]);
        CommonOptions.RequireEnding(chart, "a chart", ".png", ".svg");
        var verb = new Verb(
            "reduce",
            "Shortens vectors, and says how much is lost.",
            "simile reduce vectors.npy --to 32 --out short.npy",
            "simile reduce photos/ --to 2 --method random --out places.csv")
        { input.Paths, to, output, method, whiten, chart, json };
        input.AddTo(verb);
        verb.Check(result => result.GetValue(chart) is not null && result.GetValue(method) != ReduceMethod.Pca
            ? "--chart shows what pca explains: leave it away with other methods."
            : null);
        verb.SetAction(parsed => Run(
            input.Read(parsed, job, out _),
            new Options(
                parsed.GetValue(to)!.Value,
                parsed.GetValue(output)!,
                new ReductionOptions
                {
                    Method = parsed.GetValue(method),
                    Whiten = parsed.GetValue(whiten),
                    Seed = parsed.GetValue(input.Seed),
                },
                parsed.GetValue(chart),
                parsed.GetValue(json)),
            job));
        return verb;
    }

    private static int Run(AnalyzedVectors vectors, Options options, Job job)
    {
        var reduced = Make(vectors, options, job);
        VectorFile.Write(options.Out, new VectorSet(reduced.Vectors)
        {
            Ids = vectors.Items.All(item => item.Path is not null) ? [.. vectors.Items.Select(item => item.Path!)] : null,
            Labels = vectors.HasLabels ? [.. vectors.Items.Select(item => item.Label!)] : null,
        });
        if (options.Chart is { } chart)
        {
            ChartOutput.Save(Chart.Scree(reduced.Explained), chart);
        }

        MetricOutput.Print(Numbers(reduced), options.Json, job.Terminal);
        return ExitCode.Done;
    }

    private static Reduction Make(AnalyzedVectors vectors, Options options, Job job)
    {
        using var progress = job.Terminal.Progress("steps");
        return Reduction.Make(vectors.Vectors, options.To, options.Reduction, new StepProgress(progress), job.Stop);
    }

    private static IEnumerable<(string Metric, double Value)> Numbers(Reduction reduced)
    {
        yield return ("dimensions", reduced.Vectors.Dimensions);
        if (reduced.Error is { } error)
        {
            yield return ("reconstruction error", error);
        }

        if (reduced.Explained.Count > 0)
        {
            yield return ("explained variance", reduced.Explained.Sum());
        }
    }
}
