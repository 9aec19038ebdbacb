using System.CommandLine;
using System.Globalization;
using Simile.Models;

namespace Simile.Cli;

/// <summary>simile models distill MODEL --out DIR: makes a static model (a table of token vectors) from any text model.</summary>
internal static class ModelsDistillVerb
{
    private sealed record Options(string Teacher, string Out, DistillationOptions Distillation, bool Json);

    public static Command Create(Job job)
    {
        var defaults = new DistillationOptions();
        var teacher = new ModelArgument("The teacher model, by name or folder.", isRequired: true);
        var folder = new Option<string>("--out", "-o") { Description = "The folder to write.", HelpName = "DIR", Required = true };
        var dimensions = CommonOptions.Count("--dimensions", "Components of each vector.", defaults.Dimensions);
        var type = CommonOptions.Choice("--type", "How the table is kept.", defaults.Type);
        var text = new Option<string?>("--text")
        {
            Description = "A file of texts, one per line, to fit the table on. Gives better vectors, but takes minutes instead of seconds.",
            HelpName = "FILE",
        };
        var epochs = CommonOptions.Count("--epochs", "Number of passes over the texts.", defaults.Epochs);
        var seed = CommonOptions.WholeNumber("--seed", "The same seed gives the same table.", defaults.Seed);
        var json = CommonOptions.Json("Print {\"path\",\"tokens\",\"dimensions\",\"texts\"}.");
        var verb = new Verb(
            "distill",
            "Makes a static model, hundreds of times as fast as its teacher and slightly less accurate.",
            "simile models distill ./all-MiniLM-L6-v2 --out ./fast",
            "simile models distill ./all-MiniLM-L6-v2 --out ./fast --text sentences.txt --dimensions 128 --type float16")
        { folder, dimensions, type, text, epochs, seed, json };
        teacher.AddTo(verb);
        verb.SetAction(parsed => Run(
            new Options(
                teacher.Of(parsed),
                parsed.GetValue(folder)!,
                new DistillationOptions
                {
                    Dimensions = parsed.GetValue(dimensions),
                    Type = parsed.GetValue(type),
                    TextFile = parsed.GetValue(text),
                    Epochs = parsed.GetValue(epochs),
                    Seed = parsed.GetValue(seed),
                },
                parsed.GetValue(json)),
            job));
        return verb;
    }

    private static int Run(Options options, Job job)
    {
        using var teacher = ModelInput.Load(options.Teacher);
        using var progress = job.Terminal.Progress("tokens");
        var made = Distillation.Build(teacher, options.Out, options.Distillation, new Stages(progress), job.Stop);
        if (options.Json)
        {
            new JsonLines(job.Terminal.Output).Write(writer =>
            {
                writer.WriteString("path", made.Folder);
                writer.WriteNumber("tokens", made.Tokens);
                writer.WriteNumber("dimensions", made.Dimensions);
                writer.WriteNumber("texts", made.Texts);
            });
        }
        else
        {
            job.Terminal.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{made.Folder}: {made.Tokens:N0} tokens of {made.Dimensions} "
                + $"dimensions{(made.Texts > 0 ? $", fitted on {made.Texts:N0} texts" : "")}"));
        }

        return ExitCode.Done;
    }

    private sealed class Stages(ProgressLine line) : IProgress<DistillationProgress>
    {
        public void Report(DistillationProgress value) => line.Report(value.Stage, value.Done, value.Total);
    }
}
