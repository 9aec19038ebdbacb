using System.CommandLine;
using Simile.Models;
using Spectre.Console;

namespace Simile.Cli;

/// <summary>simile models list: what can be named without a network.</summary>
internal static class ModelsListVerb
{
    public static Command Create(Job job)
    {
        var json = CommonOptions.Json("Print {\"name\",\"source\",\"path\"} a line.");
        var verb = new Verb(
            "list",
            "Lists the built-in model and those in the hub's cache folder; 'simile models' alone does the same.",
            "simile models list",
            "HF_HUB_CACHE=/data/hub simile models list --json")
        { json };
        verb.SetAction(parsed => Run(parsed.GetValue(json), job.Terminal));
        return verb;
    }

    public static int Run(bool asJson, Terminal terminal)
    {
        (string Name, string Source, string? Path)[] models =
        [
            (TextEmbedder.BuiltIn, "built in", null),
            .. HubCache.List().Select(model => (model.Name, "hub cache", (string?)model.Folder)),
        ];
        if (asJson)
        {
            new JsonLines(terminal.Output).Write(models.Length, (writer, row) =>
            {
                writer.WriteString("name", models[row].Name);
                writer.WriteString("source", models[row].Source);
                writer.WriteString("path", models[row].Path);
            });
            return ExitCode.Done;
        }

        var table = new Table { Border = TableBorder.None }.AddColumns("[bold]name[/]", "[bold]source[/]", "[bold]folder[/]");
        foreach (var (name, source, path) in models)
        {
            table.AddRow(new Text(name), new Text(source), new Text(path ?? string.Empty));
        }

        terminal.Write(table);
        return ExitCode.Done;
    }
}
