using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Simile.Models;
using Spectre.Console;

namespace Simile.Cli;

/// <summary>simile models list: lists the models on this machine.</summary>
internal static class ModelsListVerb
{
    /// <summary>What --json prints.</summary>
    public const string Fields = "Print {\"name\",\"source\",\"path\",\"bytes\",\"last_used\"} a line.";

    public static Command Create(Job job)
    {
        var json = CommonOptions.Json(Fields);
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
        CachedModel?[] models = [null, .. HubCache.List()]; // null is the built-in one
        if (asJson)
        {
            new JsonLines(terminal.Output).Write(models.Length, (writer, row) => Write(writer, models[row]));
            return ExitCode.Done;
        }

        var table = new Table { Border = TableBorder.None }
            .AddColumns("[bold]name[/]", "[bold]source[/]", "[bold]size[/]", "[bold]last used[/]", "[bold]folder[/]");
        foreach (var model in models)
        {
            table.AddRow(Row(model));
        }

        terminal.Write(table);
        return ExitCode.Done;
    }

    private static void Write(Utf8JsonWriter writer, CachedModel? model)
    {
        writer.WriteString("name", model?.Name ?? TextEmbedder.BuiltIn);
        writer.WriteString("source", model is null ? "built in" : "hub cache");
        writer.WriteString("path", model?.Folder);
        if (model is null)
        {
            writer.WriteNull("bytes");
            writer.WriteNull("last_used");
        }
        else
        {
            writer.WriteNumber("bytes", model.Bytes);
            writer.WriteString("last_used", model.LastUsed);
        }
    }

    private static Text[] Row(CachedModel? model) =>
    [
        new(Visible.Of(model?.Name ?? TextEmbedder.BuiltIn)),
        new(model is null ? "built in" : "hub cache"),
        new(model is null ? string.Empty : Size.Of(model.Bytes)),
        new(model?.LastUsed.ToLocalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? string.Empty),
        new(Visible.Of(model?.Folder ?? string.Empty)),
    ];
}
