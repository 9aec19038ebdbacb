using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Simile.Models;
using Spectre.Console;

namespace Simile.Cli;

/// <summary>simile models info [MODEL]: what a model is made of.</summary>
internal static class ModelsInfoVerb
{
    public static Command Create(Job job)
    {
        var name = new Argument<string>("MODEL") { Description = "A model by name or folder.", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => TextEmbedder.BuiltIn };
        var json = CommonOptions.Json("Print one object: name, source, path, family, dimensions, max_length, parameters, licence, files.");
        var verb = new Verb(
            "info",
            "Describes a model: dimensions, longest text, parameters, licence, files.",
            "simile models info",
            "simile models info ./all-MiniLM-L6-v2 --json")
        { name, json };
        verb.SetAction(parsed => Run(parsed.GetValue(name)!, parsed.GetValue(json), job.Terminal));
        return verb;
    }

    private static int Run(string name, bool asJson, Terminal terminal)
    {
        var facts = ModelDescription.Of(name);
        using var embedder = ModelInput.Load(name);
        if (asJson)
        {
            new JsonLines(terminal.Output).Write(writer => WriteJson(writer, facts, embedder));
        }
        else
        {
            terminal.Write(Describe(facts, embedder));
        }

        return ExitCode.Done;
    }

    private static void WriteJson(Utf8JsonWriter writer, ModelDescription facts, TextEmbedder embedder)
    {
        writer.WriteString("name", facts.Name);
        writer.WriteString("source", facts.Source);
        writer.WriteString("path", facts.Folder);
        writer.WriteString("family", facts.Family);
        writer.WriteNumber("dimensions", embedder.Dimensions);
        WriteNumberOrNull(writer, "max_length", LongestText(embedder));
        WriteNumberOrNull(writer, "parameters", facts.Parameters);
        writer.WriteString("licence", facts.Licence);
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

    private static Grid Describe(ModelDescription facts, TextEmbedder embedder)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        Row("name", facts.Name);
        Row("source", facts.Source);
        Row("folder", facts.Folder);
        Row("family", facts.Family);
        Row("dimensions", Number(embedder.Dimensions));
        Row("longest text", LongestText(embedder) is { } tokens ? $"{Number(tokens)} tokens" : "any");
        Row("parameters", facts.Parameters is { } parameters ? Number(parameters) : null);
        Row("licence", facts.Licence ?? "not stated");
        foreach (var (path, bytes) in facts.Files)
        {
            Row(path == facts.Files[0].Path ? "files" : string.Empty, $"{path}  {Number(bytes)} bytes");
        }

        return grid;

        void Row(string what, string? value)
        {
            if (value is not null)
            {
                grid.AddRow(new Text(what), new Text(value));
            }
        }
    }

    private static long? LongestText(TextEmbedder embedder) => embedder.MaxSequenceLength == int.MaxValue ? null : embedder.MaxSequenceLength;

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
