using System.Text.Json;
using Simile.Models.BuiltIn;

namespace Simile.Models.Projection;

/// <content>Writing.</content>
internal sealed partial record ProjectionFolder
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>Writes the folder. config.json comes last, by an atomic rename.</summary>
    /// <param name="kind">The kind of the new classifier.</param>
    /// <param name="space">Its class vectors.</param>
    public void Write(MediaKind kind, ClassSpace space)
    {
        Directory.CreateDirectory(Folder);
        PackedFile.Write(ClassFile(Folder, kind), [(Section, ClassSpaceSection.Write(space))]);
        WholeFile.Write(Path.Combine(Folder, ConfigName), WriteConfig);
    }

    private void WriteConfig(FileStream stream)
    {
        using var json = new Utf8JsonWriter(stream, Indented);
        json.WriteStartObject();
        json.WriteString("model_type", Family);
        json.WriteString("text", Reference(Text));
        json.WriteNumber("dimensions", Dimensions);
        foreach (var (kind, name) in Names)
        {
            if (Parts.TryGetValue(kind, out var part))
            {
                WritePart(json, name, part);
            }
        }

        json.WriteEndObject();
    }

    private void WritePart(Utf8JsonWriter json, string name, ProjectionPart part)
    {
        json.WriteStartObject(name);
        json.WriteString("classifier", Reference(part.Classifier));
        json.WriteString("layer", part.Layer.Name);
        json.WriteString("scores", part.Layer.Scores.ToString().ToLowerInvariant());
        json.WriteStartArray("templates");
        foreach (var template in part.Templates)
        {
            json.WriteStringValue(template);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // Relative to the folder, so that it and its models can move together.
    private string Reference(string model)
    {
        if (model == TextEmbedder.BuiltIn || !Path.Exists(model))
        {
            return model;
        }

        var path = Path.GetRelativePath(Folder, Path.GetFullPath(model)).Replace('\\', '/');
        return path.StartsWith('.') || Path.IsPathRooted(path) ? path : "./" + path;
    }
}
