using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Simile.Models;
using Spectre.Console;

namespace Simile.Cli;

/// <summary>simile models info [MODEL]: describes a model.</summary>
internal static class ModelsInfoVerb
{
    public static Command Create(Job job)
    {
        var name = new ModelArgument("A model by name or folder.", isRequired: false);
        var json = CommonOptions.Json(
            "Print one object: name, source, path, family, dimensions, kinds, pictures, max_length, parameters, license, files.");
        var verb = new Verb(
            "info",
            "Describes a model: dimensions, longest text, parameters, license, files.",
            "simile models info",
            "simile models info ./all-MiniLM-L6-v2 --json")
        { json };
        name.AddTo(verb);
        verb.SetAction(parsed => Run(name.Of(parsed), parsed.GetValue(json), job.Terminal));
        return verb;
    }

    private static int Run(string name, bool asJson, Terminal terminal)
    {
        var facts = ModelDescription.Load(name);
        using var model = ModelInput.LoadAny(name);
        if (asJson)
        {
            new JsonLines(terminal.Output).Write(writer => WriteJson(writer, facts, model));
        }
        else
        {
            terminal.Write(Describe(facts, model));
        }

        return ExitCode.Done;
    }

    private static void WriteJson(Utf8JsonWriter writer, ModelDescription facts, MultimodalModel model)
    {
        writer.WriteString("name", facts.Name);
        writer.WriteString("source", facts.Source);
        writer.WriteString("path", facts.Folder);
        writer.WriteString("family", facts.Family);
        writer.WriteNumber("dimensions", model.Dimensions);
        writer.WriteStartArray("kinds");
        foreach (var kind in model.Kinds)
        {
            writer.WriteStringValue(Word(kind));
        }

        writer.WriteEndArray();
        writer.WriteString("pictures", model.PicturePreparation);
        WriteNumberOrNull(writer, "max_length", LongestText(model));
        WriteNumberOrNull(writer, "parameters", facts.Parameters);
        writer.WriteString("license", facts.License);
        writer.WriteString("licence", facts.License); // the name in earlier versions, to be removed in the next one
        writer.WriteStartArray("files");
        foreach (var (path, bytes) in facts.Files)
        {
            writer.WriteStartObject();
            writer.WriteString("path", path);
            writer.WriteNumber("bytes", bytes);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteNumberOrNull(Utf8JsonWriter writer, string name, long? number)
    {
        if (number is { } value)
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static Grid Describe(ModelDescription facts, MultimodalModel model)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        Row("name", facts.Name);
        Row("source", facts.Source);
        Row("folder", facts.Folder);
        Row("family", facts.Family);
        Row("makes vectors of", string.Join(", ", model.Kinds.Select(Word)));
        Row("dimensions", Number(model.Dimensions));
        Row("pictures", model.PicturePreparation);
        Row("longest text", !model.Knows(MediaKind.Text) ? null : LongestText(model) is { } tokens ? $"{Number(tokens)} tokens" : "any");
        Row("parameters", facts.Parameters is { } parameters ? Number(parameters) : null);
        Row("license", facts.License ?? "not stated");
        foreach (var (path, bytes) in facts.Files)
        {
            Row(path == facts.Files[0].Path ? "files" : string.Empty, $"{path}  {Number(bytes)} bytes");
        }

        return grid;

        void Row(string what, string? value)
        {
            if (value is not null)
            {
                grid.AddRow(new Text(what), new Text(Visible.Of(value)));
            }
        }
    }

    private static long? LongestText(MultimodalModel model) =>
        model.Knows(MediaKind.Text) && model.Texts.MaxSequenceLength is < int.MaxValue and var tokens ? tokens : null;

    private static string Word(MediaKind kind) => kind switch
    {
        MediaKind.Image => "image",
        MediaKind.Sound => "sound",
        _ => "text",
    };

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
