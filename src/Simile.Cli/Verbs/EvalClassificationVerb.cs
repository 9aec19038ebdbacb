using System.CommandLine;
using System.Globalization;
using Simile.Analyses;
using Simile.Evaluations;

namespace Simile.Cli;

/// <summary>simile eval classification PATH…: what simple classifiers of a model's vectors reach.</summary>
internal static class EvalClassificationVerb
{
    private const int Folds = 5;

    public static Command Create(Job job)
    {
        var models = CommonOptions.Models();
        var input = new LabelledArguments(models);
        var test = new Option<string?>("--test")
        {
            Description = "Train on PATH and measure on this file or folder, in the place of a cross-validation.",
            HelpName = "PATH",
        };
        var testLabels = new Option<string?>("--test-labels")
        {
            Description = "The labels of --test, where --labels names a file.",
            HelpName = "FILE",
        };
        var folds = CommonOptions.OptionalCount("--folds", $"Parts of the cross-validation, at least 2; {Folds} where it is not given.");
        var shots = new Option<string?>("--shots")
        {
            Description = "Train on so many examples of each class, such as 1,5,10,30, and measure on the others; "
                + "the mean accuracy of ten draws.",
            HelpName = "COUNTS",
        };
        var json = CommonOptions.Json(EvalVerb.JsonForm);
        shots.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: { Length: > 0 } word }] && Counts(word) is null)
            {
                result.AddError($"--shots takes numbers of at least 1 with commas between, not '{word}'.");
            }
        });
        var verb = new Verb(
            "classification",
            "Measures classification: accuracy and F1 of five nearest neighbors, and of logistic regression, "
            + "on items that they were not trained on.",
            "simile eval classification questions.csv --text text --label category --model simile/base --model all-MiniLM-L6-v2/",
            "simile eval classification train.csv --test test.csv --text text --label category",
            "simile eval classification photos/ --labels folders --shots 1,5,10 --json")
        { input.Input.Paths, test, testLabels, folds, shots, json };
        input.AddTo(verb);
        verb.Check(result => (result.GetValue(test), result.GetValue(shots), result.GetValue(folds)) switch
        {
            (null, null, 1) => "--folds takes a whole number of at least 2.",
            (null, null, _) or ({ }, null, null) or (null, { }, null) =>
                result.GetValue(testLabels) is null || result.GetValue(test) is not null ? null : "--test-labels needs --test.",
            _ => "--test, --shots and --folds do not go together.",
        });
        verb.SetAction(parsed =>
        {
            var seed = parsed.GetValue(input.Input.Seed);
            return EvalVerb.Run(parsed.GetValue(models)!, "classification", Measure, parsed.GetValue(json), job);

            IReadOnlyList<MetricValue> Measure(string model)
            {
                var items = input.Read(parsed, job, model);
                using var progress = job.Terminal.Progress("steps");
                return parsed.GetValue(shots) is { } few ? ClassificationTask.FewShots(items, Counts(few)!, seed, job.Stop)
                    : parsed.GetValue(test) is { } other ? ClassificationTask.Test(items, ReadTest(other, model), job.Stop)
                    : ClassificationTask.CrossValidate(items, parsed.GetValue(folds) ?? Folds, seed, new StepProgress(progress), job.Stop);
            }

            AnalyzedVectors ReadTest(string path, string model) =>
                input.Read(parsed, job, [path], parsed.GetValue(testLabels) ?? parsed.GetValue(input.Input.Labels), model);
        });
        return verb;
    }

    private static int[]? Counts(string words)
    {
        var counts = words.Split(',')
            .Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0)
            .ToArray();
        return counts.All(count => count > 0) ? counts : null;
    }
}
