using System.CommandLine;
using Simile.Analyses;

namespace Simile.Cli;

/// <summary>simile train PATH… --labels folders|FILE --out C: a classifier of whatever a model embeds.</summary>
internal static class TrainVerb
{
    private sealed record Options(string Out, ClassificationOptions Training, bool Json);

    public static Command Create(Job job)
    {
        var input = new LabelledArguments();
        var output = new Option<string>("--out", "-o") { Description = "The file of the classifier.", HelpName = "FILE", Required = true };
        var method = CommonOptions.Choice(
            "--method",
            "How it learns: logistic regression, a support vector machine, or votes of the nearest examples.",
            ClassificationMethod.Logistic);
        var folds = CommonOptions.OptionalCount(
            "--folds", "Parts of the cross-validation, each predicted by a classifier of the others; 5 where it is not given, 1 for none.");
        var json =
            CommonOptions.Json("Print one object {\"path\",\"items\",\"classes\",\"dimensions\",\"folds\",\"accuracy\",\"macro_f1\"}.");
        var verb = new Verb(
            "train",
            "Trains a classifier on labelled texts, pictures or sounds, and says how well it does on what it has not seen.",
            "simile train photos/ --labels folders --out birds.simc",
            "simile train questions.csv --text text --label category --out intents.simc",
            "simile train vectors.npy --labels labels.txt --method svm --folds 10 --out topics.simc --json")
        { input.Input.Paths, output, method, folds, json };
        input.AddTo(verb);
        verb.SetAction(parsed => Run(
            () => input.Read(parsed, job),
            new Options(
                parsed.GetValue(output)!,
                new ClassificationOptions
                {
                    Method = parsed.GetValue(method),
                    Folds = parsed.GetValue(folds),
                    Metric = parsed.GetValue(input.Input.Metric),
                    Seed = parsed.GetValue(input.Input.Seed),
                },
                parsed.GetValue(json)),
            job));
        return verb;
    }

    private static int Run(Func<AnalyzedVectors> read, Options options, Job job)
    {
        RequireFolder(options.Out); // said before an hour of embedding, not after
        var vectors = read();
        var trained = Train(vectors, options.Training, job);
        using var classifier = trained.Classifier;
        classifier.Save(options.Out);
        if (!options.Json)
        {
            (string, double)[] sizes = [("items", vectors.Count), ("classes", classifier.Classes.Count)];
            (string, double)[] scores = trained.Check is { } done
                ? [("accuracy", done.Confusion.Accuracy), ("macro F1", done.Confusion.MacroF1)]
                : [];
            MetricOutput.Print([.. sizes, .. scores], asJson: false, job.Terminal);
            return ExitCode.Done;
        }

        new JsonLines(job.Terminal.Output).Write(json =>
        {
            json.WriteString("path", options.Out);
            json.WriteNumber("items", vectors.Count);
            json.WriteNumber("classes", classifier.Classes.Count);
            json.WriteNumber("dimensions", classifier.Dimensions);
            json.WriteNumber("folds", trained.Check?.FoldAccuracies.Count ?? 1);
            if (trained.Check is { } check)
            {
                json.WriteNumber("accuracy", check.Confusion.Accuracy);
                json.WriteNumber("macro_f1", check.Confusion.MacroF1);
            }
            else
            {
                json.WriteNull("accuracy");
                json.WriteNull("macro_f1");
            }
        });
        return ExitCode.Done;
    }

    private static void RequireFolder(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"The folder {folder} for {Path.GetFileName(path)} does not exist: create it first.");
        }
    }

    private static ClassifierTraining Train(AnalyzedVectors vectors, ClassificationOptions options, Job job)
    {
        using var progress = job.Terminal.Progress("steps");
        return ClassifierTraining.Run(vectors, options, new StepProgress(progress), job.Stop);
    }
}
