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
        var folder = name == TextEmbedder.BuiltIn ? null : ModelInput.Resolve(name);
        using var embedder = ModelInput.Load(name);
        var facts = folder is null ? ModelFacts.OfBuiltIn() : ModelFacts.Read(folder);
        if (asJson)
        {
            new JsonLines(terminal.Output).Write(writer => WriteJson(writer, name, folder, facts, embedder));
        }
        else
        {
            terminal.Write(Describe(name, folder, facts, embedder));
        }

        return ExitCode.Done;
    }

    private static void WriteJson(Utf8JsonWriter writer, string name, string? folder, ModelFacts facts, TextEmbedder embedder)
    {
        writer.WriteString("name", name);
        writer.WriteString("source", facts.Source);
        writer.WriteString("path", folder is null ? null : Path.GetFullPath(folder));
        writer.WriteString("family", facts.Family);
        writer.WriteNumber("dimensions", embedder.Dimensions);
        writer.WriteNumber("max_length", embedder.MaxSequenceLength);
        if (facts.Parameters is { } parameters)
        {
            writer.WriteNumber("parameters", parameters);
        }
        else
        {
            writer.WriteNull("parameters");
        }

        writer.WriteString("licence", facts.Licence);
        writer.WriteStartArray("files");
        foreach (var (file, bytes) in facts.Files)
        {
            writer.WriteStartObject();
            writer.WriteString("name", file);
            writer.WriteNumber("bytes", bytes);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static Grid Describe(string name, string? folder, ModelFacts facts, TextEmbedder embedder)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        Row("name", name);
        Row("source", folder is null ? facts.Source : $"{facts.Source}, {Path.GetFullPath(folder)}");
        Row("family", facts.Family ?? "unknown");
        Row("dimensions", Number(embedder.Dimensions));
        Row("longest text", embedder.MaxSequenceLength == int.MaxValue ? "any" : $"{Number(embedder.MaxSequenceLength)} tokens");
        Row("parameters", facts.Parameters is { } parameters ? Number(parameters) : "unknown");
        Row("licence", facts.Licence ?? "not stated");
        foreach (var (file, bytes) in facts.Files)
        {
            Row(file == facts.Files[0].Name ? "files" : string.Empty, $"{file}  {Number(bytes)} bytes");
        }

        return grid;

        void Row(string what, string value) => grid.AddRow(new Text(what), new Text(value));
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
