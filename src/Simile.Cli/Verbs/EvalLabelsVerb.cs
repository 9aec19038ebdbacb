using System.CommandLine;
using Simile.Evaluations;

namespace Simile.Cli;

/// <summary>simile eval labels TRUTH PREDICTED…: labels that anything predicted, against true ones.</summary>
internal static class EvalLabelsVerb
{
    public static Command Create(Job job)
    {
        var truth = new Argument<string>("TRUTH") { Description = "A file with the true label of an item a line." };
        var predicted = new Argument<string[]>("PREDICTED")
        {
            Description = "Files with the predicted label or cluster of each item, in the same order.",
            Arity = ArgumentArity.OneOrMore,
        };
        var json = CommonOptions.Json(EvalVerb.JsonForm);
        var verb = new Verb(
            "labels",
            "Compares predicted classes or clusters with true ones, a label a line: "
            + "accuracy, F1, V-measure, adjusted Rand index, mutual information.",
            "simile eval labels truth.txt predicted.txt",
            "simile eval labels truth.txt kmeans.txt hdbscan.txt --json")
        { truth, predicted, json };
        verb.SetAction(parsed =>
        {
            var labels = AnalysisArguments.LabelLines(parsed.GetValue(truth)!);
            return EvalVerb.Run(
                parsed.GetValue(predicted)!,
                "labels",
                file => LabelComparison.Measure(labels, AnalysisArguments.LabelLines(file)),
                parsed.GetValue(json),
                job);
        });
        return verb;
    }
}
