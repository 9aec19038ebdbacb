using System.CommandLine;
using Simile.Evaluations;

namespace Simile.Cli;

/// <summary>simile eval clustering PATH…: whether clusters of a model's vectors are the classes of the items.</summary>
internal static class EvalClusteringVerb
{
    public static Command Create(Job job)
    {
        var models = CommonOptions.Models();
        var input = new LabelledArguments(models);
        var json = CommonOptions.Json(EvalVerb.JsonForm);
        var verb = new Verb(
            "clustering",
            "Measures clustering: V-measure, adjusted Rand index and normalized mutual information of k-means with as many clusters as "
            + "there are classes.",
            "simile eval clustering questions.csv --text text --label category",
            "simile eval clustering vectors.npy --labels labels.txt --json")
        { input.Input.Paths, json };
        input.AddTo(verb);
        verb.SetAction(parsed => EvalVerb.Run(
            parsed.GetValue(models)!,
            "clustering",
            model =>
            {
                var items = input.Read(parsed, job, model);
                using var progress = job.Terminal.Progress("steps");
                return ClusteringTask.Measure(items, parsed.GetValue(input.Input.Seed), new StepProgress(progress), job.Stop);
            },
            parsed.GetValue(json),
            job));
        return verb;
    }
}
