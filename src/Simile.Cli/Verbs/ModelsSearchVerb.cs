using System.CommandLine;
using System.Globalization;
using Simile.Models;
using Spectre.Console;

namespace Simile.Cli;

/// <summary>simile models search WORDS: asks the hub for models.</summary>
internal static class ModelsSearchVerb
{
    public static Command Create(Job job)
    {
        var words = new Argument<string[]>("WORDS") { Description = "Words of the names of models.", Arity = ArgumentArity.OneOrMore };
        var task = new Option<string?>("--task")
        {
            Description = "Only those of a task of the hub: "
                + "sentence-similarity, feature-extraction, text-classification, zero-shot-image-classification.",
            HelpName = "TASK",
        };
        var top = CommonOptions.Count("--top", "How many, those first that are downloaded most.", 20, 1000);
        var json = CommonOptions.Json("Print {\"name\",\"task\",\"license\",\"downloads\",\"likes\"} a line.");
        var verb = new Verb(
            "search",
            "Asks the hub for models; the names it prints are those that pull takes.",
            "simile models search multilingual e5",
            "simile models search bge --task sentence-similarity --top 5")
        {
            words, task, top, json,
        };
        verb.SetAction(parsed =>
            Run(string.Join(' ', parsed.GetValue(words)!), parsed.GetValue(task), parsed.GetValue(top), parsed.GetValue(json), job));
        return verb;
    }

    private static int Run(string words, string? task, int top, bool asJson, Job job)
    {
        using var hub = new HubClient();
        var found = Job.Wait(hub.SearchAsync(words, top, task, job.Stop));
        if (asJson)
        {
            new JsonLines(job.Terminal.Output).Write(found.Count, (writer, row) =>
            {
                writer.WriteString("name", found[row].Name);
                writer.WriteString("task", found[row].Task);
                writer.WriteString("license", found[row].License);
                writer.WriteNumber("downloads", found[row].Downloads);
                writer.WriteNumber("likes", found[row].Likes);
            });
            return ExitCode.Done;
        }

        if (found.Count == 0)
        {
            job.Terminal.Say($"The hub knows no model of these words{(task is null ? string.Empty : $" for {task}")}: try fewer.");
            return ExitCode.Done;
        }

        var table = new Table { Border = TableBorder.None }
            .AddColumns("[bold]name[/]", "[bold]task[/]", "[bold]license[/]", "[bold]downloads[/]");
        foreach (var model in found)
        {
            table.AddRow(
                new Text(model.Name),
                new Text(model.Task ?? string.Empty),
                new Text(model.License ?? string.Empty),
                new Text(model.Downloads.ToString("N0", CultureInfo.InvariantCulture)));
        }

        job.Terminal.Write(table);
        return ExitCode.Done;
    }
}
