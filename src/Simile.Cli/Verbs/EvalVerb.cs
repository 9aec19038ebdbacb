using System.CommandLine;
using Simile.Evaluations;
using Simile.Models;

namespace Simile.Cli;

/// <summary>simile eval …: how good models are at tasks with known answers.</summary>
internal static class EvalVerb
{
    /// <summary>What the verbs of eval print with --json.</summary>
    public const string JsonForm = "Print {\"metric\",\"value\"} a line; in front \"model\" and \"task\" where there are several.";

    public static Command Create(Job job) => new Verb(
        "eval",
        "Measures models on tasks with known answers, several side by side, so that one can be chosen. "
        + "A classifier of 'simile train' is measured by 'simile evaluate'.",
        "simile eval sts sts-dev.csv --model simile/base --model all-MiniLM-L6-v2/",
        "simile eval retrieval scifact/ --json",
        "simile eval classification questions.csv --text text --label category",
        "simile eval drift january/ february/")
    {
        EvalStsVerb.Create(job),
        EvalRetrievalVerb.Create(job),
        EvalClassificationVerb.Create(job),
        EvalClusteringVerb.Create(job),
        EvalLabelsVerb.Create(job),
        EvalDriftVerb.Create(job),
    };

    /// <summary>Measures each text model on each task, and prints the scores.</summary>
    public static int Run<T>(
        string[] models,
        (string Name, T Task)[] tasks,
        Func<T, TextEmbedder, IProgress<int>, IReadOnlyList<MetricValue>> measure,
        bool asJson,
        Job job)
    {
        var table = new ScoreTable(models, [.. tasks.Select(task => task.Name)], asJson, job.Terminal);
        foreach (var name in models)
        {
            using var model = ModelInput.Load(name);
            foreach (var (task, content) in tasks)
            {
                using var progress = job.Terminal.Progress("texts");
                table.Add(name, task, measure(content, model, progress));
            }
        }

        table.Finish();
        return ExitCode.Done;
    }

    /// <summary>Measures each model on items that it embeds, and prints the scores.</summary>
    public static int Run(string[] models, string task, Func<string, IReadOnlyList<MetricValue>> measure, bool asJson, Job job)
    {
        var table = new ScoreTable(models, [task], asJson, job.Terminal);
        foreach (var model in models)
        {
            table.Add(model, task, measure(model));
        }

        table.Finish();
        return ExitCode.Done;
    }
}
