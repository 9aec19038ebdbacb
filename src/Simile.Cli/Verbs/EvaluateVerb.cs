using System.CommandLine;
using System.Globalization;
using Simile.Analyses;
using Simile.Analysis;
using Simile.Plotting;

namespace Simile.Cli;

/// <summary>simile evaluate PATH… --classifier C --labels folders|FILE: how often a trained classifier is right.</summary>
internal static class EvaluateVerb
{
    private sealed record Options(string? Out, bool Json);

    public static Command Create(Job job)
    {
        var input = new LabelledArguments();
        var file = new Option<string>("--classifier")
        {
            Description = "A classifier that 'simile train' wrote.",
            HelpName = "FILE",
            Required = true,
        };
        var output = new Option<string?>("--out", "-o")
        {
            Description = "A file for the picture of the confusion matrix (.png or .svg).",
            HelpName = "FILE",
        };
        var json = CommonOptions.Json(
            "Print one object {\"items\",\"accuracy\",\"macro_f1\",\"classes\":[{\"class\",\"items\",\"precision\",\"recall\",\"f1\"}],"
            + "\"confusion\"}.");
        CommonOptions.RequireEnding(output, "a chart", ".png", ".svg");
        var verb = new Verb(
            "evaluate",
            "Measures a classifier of 'simile train' on labelled items: accuracy, F1, precision and recall of each class, "
            + "and what is taken for what. Models are measured by 'simile eval'.",
            "simile evaluate more-photos/ --classifier birds.simc --labels folders",
            "simile evaluate vectors.npy --classifier topics.simc --labels labels.txt --out confusion.png --json")
        { input.Input.Paths, file, output, json };
        input.AddTo(verb);
        verb.SetAction(parsed =>
        {
            using var classifier = Classifier.Load(parsed.GetValue(file)!);
            var vectors = input.Read(parsed, job, classifier.Options.Model?.Name);
            return Run(
                Classification.Evaluate(vectors, classifier),
                classifier,
                new Options(parsed.GetValue(output), parsed.GetValue(json)),
                job.Terminal);
        });
        return verb;
    }

    private static int Run(ConfusionMatrix confusion, Classifier classifier, Options options, Terminal terminal)
    {
        if (confusion.Classes.FirstOrDefault(name => !classifier.Classes.Contains(name)) is { } unknown)
        {
            terminal.Say($"The classifier knows no class '{Visible.Of(unknown)}': items of it count as wrong.");
        }

        if (options.Out is { } path)
        {
            SaveChart(path, confusion);
        }

        if (options.Json)
        {
            WriteJson(confusion, terminal);
        }
        else
        {
            Print(confusion, terminal);
        }

        return ExitCode.Done;
    }

    private static void Print(ConfusionMatrix confusion, Terminal terminal)
    {
        MetricOutput.Print(
            [("items", confusion.Total), ("accuracy", confusion.Accuracy), ("macro F1", confusion.MacroF1)], asJson: false, terminal);
        terminal.WriteLine(string.Empty);
        var classes = confusion.Classes;
        PlainTable.Write(
            ["class", "precision", "recall", "F1"],
            [.. classes.Select((name, c) =>
                (string[])[Visible.Of(name), Share(confusion.Precision(c)), Share(confusion.Recall(c)), Share(confusion.F1(c))])],
            terminal);
        terminal.WriteLine(string.Empty);
        PlainTable.Write(
            ["true \\ predicted", .. classes.Select(Visible.Of)],
            [.. classes.Select((name, t) =>
                (string[])[Visible.Of(name), .. classes.Select((_, p) => confusion[t, p].ToString(CultureInfo.InvariantCulture))])],
            terminal);
    }

    private static string Share(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static void WriteJson(ConfusionMatrix confusion, Terminal terminal) => new JsonLines(terminal.Output).Write(json =>
    {
        json.WriteNumber("items", confusion.Total);
        json.WriteNumber("accuracy", confusion.Accuracy);
        json.WriteNumber("macro_f1", confusion.MacroF1);
        json.WriteStartArray("classes");
        foreach (var (c, name) in confusion.Classes.Index())
        {
            json.WriteStartObject();
            json.WriteString("class", name);
            json.WriteNumber("items", Counts(confusion, c).Sum());
            json.WriteNumber("precision", confusion.Precision(c));
            json.WriteNumber("recall", confusion.Recall(c));
            json.WriteNumber("f1", confusion.F1(c));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("confusion");
        for (var c = 0; c < confusion.Classes.Count; c++)
        {
            json.WriteStartArray();
            Array.ForEach(Counts(confusion, c), count => json.WriteNumberValue(count));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    });

    private static int[] Counts(ConfusionMatrix confusion, int truth) =>
        [.. Enumerable.Range(0, confusion.Classes.Count).Select(predicted => confusion[truth, predicted])];

    private static void SaveChart(string path, ConfusionMatrix confusion)
    {
        var n = confusion.Classes.Count;
        var counts = new int[n, n];
        for (var i = 0; i < n * n; i++)
        {
            counts[i / n, i % n] = confusion[i / n, i % n];
        }

        var chart = Chart.Confusion(counts, confusion.Classes);
        ChartOutput.Save(chart, path);
    }
}
