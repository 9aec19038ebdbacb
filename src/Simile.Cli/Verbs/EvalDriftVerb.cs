using System.CommandLine;
using Simile.Analyses;
using Simile.Analysis;
using Simile.Evaluations;

namespace Simile.Cli;

/// <summary>simile eval drift BEFORE AFTER: whether two collections differ in what they are about.</summary>
internal static class EvalDriftVerb
{
    public static Command Create(Job job)
    {
        var defaults = new DriftOptions();
        var before =
            new Argument<string>("BEFORE") { Description = "A file, a folder, a store or a file of vectors; with --text, a table." };
        var after = new Argument<string>("AFTER") { Description = "The same, of the time that is compared." };
        var models = CommonOptions.Models();
        var input = new AnalysisArguments { Models = models };
        var text = new Option<string?>("--text")
        {
            Description = "BEFORE and AFTER are tables (.csv, .tsv, .xlsx, .parquet, .jsonl): the column of their texts.",
            HelpName = "COLUMN",
        };
        var sample = CommonOptions.Count(
            "--sample", "Items of each collection that are compared at most, drawn at random.", defaults.Sample, 20_000);
        var permutations = CommonOptions.Count(
            "--permutations", "Permutations of the tests: with 999 the smallest p is .001.", defaults.Permutations);
        var json = CommonOptions.Json(EvalVerb.JsonForm);
        var verb = new Verb(
            "drift",
            "Compares two collections: how far the mean moved, how well a classifier tells them apart (.5: "
            + "not at all), energy distance and MMD with the p of a permutation test.",
            "simile eval drift january/ february/",
            "simile eval drift old.csv new.csv --text question --json")
        { before, after, text, sample, permutations, json };
        input.AddTo(verb, except: input.Labels);
        verb.SetAction(parsed =>
        {
            var options = new DriftOptions
            {
                Sample = parsed.GetValue(sample),
                Permutations = parsed.GetValue(permutations),
                Seed = parsed.GetValue(input.Seed),
            };
            return EvalVerb.Run(parsed.GetValue(models)!, "drift", Measure, parsed.GetValue(json), job);

            IReadOnlyList<MetricValue> Measure(string model)
            {
                var (a, b) = (Read(parsed.GetValue(before)!, model), Read(parsed.GetValue(after)!, model));
                return Scores(
                    Drift.Measure(a.Vectors, b.Vectors, options with { Metric = parsed.GetValue(input.Metric) ?? a.Metric }, job.Stop));
            }

            AnalyzedVectors Read(string path, string model) => parsed.GetValue(text) is { } column
                ? LabelledArguments.ReadTable([path], column, null, input.ModelOf(parsed, model), job)
                : input.Read(parsed, job, new GivenPaths([path]), null, model);
        });
        return verb;
    }

    private static IReadOnlyList<MetricValue> Scores(Drift drift) =>
    [
        new("mean_shift", drift.MeanShift), new("classifier_auc", drift.ClassifierAuc),
        new("energy_distance", drift.EnergyDistance), new("energy_p", drift.EnergyPValue),
        new("mmd", drift.Mmd), new("mmd_p", drift.MmdPValue),
    ];
}
