using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Simile.Embedding;
using Simile.Models;
using Simile.Numerics;

namespace Simile.Cli;

/// <summary>
/// simile classify --labels A,B FILE…: which of several names suits a picture, sound or text best, by the names alone, or by a trained
/// classifier.
/// </summary>
internal static class ClassifyVerb
{
    private sealed record Options(
        string[] Files, string? Labels, string? Classifier, bool IsModelGiven, string[] Templates, int Top, string Model, bool Json);

    public static Command Create(Job job)
    {
        var files = new Argument<string[]>("FILE") { Description = "Pictures, sounds, texts.", Arity = ArgumentArity.OneOrMore };
        var labels = new Option<string>("--labels", "-l")
        {
            Description = "Names with commas between, or a file with a name a line. "
                + "Without: those of the model, where it is a trained classifier of texts.",
            HelpName = "A,B|FILE",
        };
        var classifier = new Option<string?>("--classifier")
        {
            Description = "A classifier that 'simile train' wrote; it brings its names and its model.",
            HelpName = "FILE",
        };
        var template = new Option<string[]>("--template")
        {
            Description = "A sentence with {} for the name. Repeatable: several are averaged. Default: one that suits the model.",
            HelpName = "TEXT",
            DefaultValueFactory = _ => [],
        };
        var top = CommonOptions.Count("--top", "Maximum number of names for each file, most probable first.", 3);
        var model = CommonOptions.Model();
        var resize = CommonOptions.Resize();
        var json = CommonOptions.Json("Print {\"path\",\"kind\",\"labels\":[{\"label\",\"probability\",\"score\"}]} a line.");
        var verb = new Verb(
            "classify",
            "Chooses the best of several names for each picture, sound or text: "
            + "without training examples (zero-shot), or by a classifier that was trained.",
            "simile classify --labels cat,dog photos/*.jpg --model ./clip-vit-base-patch32",
            "simile classify --labels birds.txt --template 'a photo of a {}, a type of bird' --top 1 photos/*.jpg "
            + "--model ./clip-vit-base-patch32",
            "simile classify --labels 'praise,complaint' letters/*.txt",
            "simile classify --classifier birds.simc photos/*.jpg",
            "simile classify letters/*.txt --model distilbert-base-uncased-finetuned-sst-2-english")
        { files, labels, classifier, template, top, model, resize, json };
        verb.Check(result =>
            result.GetValue(classifier) is not null && (result.GetValue(labels) is not null || result.GetValue(template) is not [])
                ? "--classifier brings its own names: leave --labels and --template away." : null);
        verb.SetAction(parsed => Run(
            new Options(
                parsed.GetValue(files)!,
                parsed.GetValue(labels),
                parsed.GetValue(classifier),
                AnalysisArguments.IsGiven(parsed, model) || parsed.GetValue(resize) is not null,
                parsed.GetValue(template)!,
                parsed.GetValue(top),
                ModelInput.Resized(parsed.GetValue(model)!, parsed.GetValue(resize)),
                parsed.GetValue(json)),
            job));
        return verb;
    }

    private static int Run(Options options, Job job)
    {
        if (options.Labels is null && options.Classifier is null && !TextClassifier.IsClassifier(options.Model))
        {
            throw new ArgumentException(
                $"{options.Model} has no labels of its own: name them, --labels A,B, or take a trained classifier of texts.");
        }

        var labels = options.Labels is null ? null : ReadLabels(options.Labels);
        _ = new GivenPaths(options.Files); // names that lead nowhere are said before the model is loaded
        if (options.Files.FirstOrDefault(Directory.Exists) is { } folder)
        {
            throw new ArgumentException($"{folder} is a folder: give files, such as {Path.Join(folder, "*.jpg")}.");
        }

        if (options.Classifier is { } trained)
        {
            return TrainedClassification.Run(options.Files, trained, options.IsModelGiven ? options.Model : null, job,
                (file, best) => Print(
                    file,
                    [.. best.Take(options.Top).Select(each => (each.Label, each.Probability, each.Probability))],
                    options.Json,
                    job.Terminal));
        }

        return labels is null || TextClassifier.IsClassifier(options.Model)
            ? TextClassification.Run(options.Files, options.Model, labels, options.Templates, job, (file, best) =>
                Print(file, [.. best.Take(options.Top)], options.Json, job.Terminal))
            : RunByVectors(options, labels, job);
    }

    private static int RunByVectors(Options options, string[] labels, Job job)
    {
        using var model = ModelInput.LoadAny(options.Model);
        var vectors = new Dictionary<MediaKind, VectorMatrix>();
        return MediaRun.Over(options.Files, model, job, (file, vector) =>
        {
            if (!vectors.TryGetValue(file.Kind, out var names))
            {
                vectors[file.Kind] = names = model.EmbedLabels(labels, options.Templates, file.Kind, job.Stop);
            }

            var probabilities = model.Classify(vector, file.Kind, names);
            Print(
                (file.Path, file.Kind),
                [.. probabilities.Select((p, i) => (labels[i], p, VectorMath.Cosine(vector, names[i]))).OrderByDescending(label => label.p)
                    .Take(options.Top)],
                options.Json,
                job.Terminal);
        });
    }

    private static void Print(
        (string Path, MediaKind Kind) file, (string Label, float Probability, float Score)[] best, bool asJson, Terminal terminal)
    {
        if (asJson)
        {
            new JsonLines(terminal.Output).Write(writer => WriteJson(writer, file, best));
            return;
        }

        var labels = best.Select(label => $"{label.Label} {terminal.Dim(label.Probability.ToString("F3", CultureInfo.InvariantCulture))}");
        terminal.WriteLine($"{terminal.Bold(file.Path)}  {string.Join("  ", labels)}");
    }

    private static void WriteJson(
        Utf8JsonWriter writer, (string Path, MediaKind Kind) file, (string Label, float Probability, float Score)[] best)
    {
        writer.WriteString("path", file.Path);
        writer.WriteString("kind", HitPrinter.Word(file.Kind));
        writer.WriteStartArray("labels");
        foreach (var (label, probability, score) in best)
        {
            writer.WriteStartObject();
            writer.WriteString("label", label);
            writer.WriteNumber("probability", probability);
            writer.WriteNumber("score", score);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string[] ReadLabels(string given)
    {
        var names = File.Exists(given) ? FileContent.ReadText(given).Split('\n') : given.Split(',');
        string[] labels = [.. names.Select(name => name.Trim()).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];
        return labels.Length > 0
            ? labels
            : throw new ArgumentException(
                $"--labels {given} holds no names: give names separated by commas, or a file with one name per line.");
    }
}
