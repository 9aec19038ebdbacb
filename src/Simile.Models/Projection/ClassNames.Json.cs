using System.Globalization;
using System.Text.Json;

namespace Simile.Models.Projection;

/// <content>JSON: config.json with id2label, or a list or object of names.</content>
internal static partial class ClassNames
{
    private static readonly string[] Places = ["id2label", "labels"];

    private static string[] ReadJson(string path)
    {
        using var json = JsonFile.Parse(path);
        var root = json.RootElement;
        var names = Places.Select(name => JsonFile.Optional(root, name)).FirstOrDefault(value => value is not null) ?? root;
        return names.ValueKind switch
        {
            JsonValueKind.Array => [.. names.EnumerateArray().Select(name => Name(name, path))],
            JsonValueKind.Object
                when names.EnumerateObject()
                    .All(entry => int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out _)) =>
                ByNumber(names, path),
            _ =>
                throw new InvalidDataException(
                    $"{path} holds no class names: it must hold a list of names, or an object id2label from number to name. "
                    + "Or give a text file with one name per line."),
        };
    }

    private static string[] ByNumber(JsonElement names, string path)
    {
        var ordered = names.EnumerateObject().OrderBy(entry => int.Parse(entry.Name, CultureInfo.InvariantCulture)).ToArray();
        return ordered.Select((entry, i) => entry.Name == i.ToString(CultureInfo.InvariantCulture)).All(isNext => isNext)
            ? Told([.. ordered.Select(entry => Name(entry.Value, path))], path)
            : throw new InvalidDataException($"{path} must number its classes from 0 on without gaps.");
    }

    // transformers fills in id2label if no class names were given.
    private static string[] Told(string[] names, string path) =>
        names.Length > 0 && names.Select((name, i) => name == $"LABEL_{i}").All(isFilled => isFilled)
            ? throw new InvalidDataException($"{path} has only placeholder names (LABEL_0, …): give a file with one class name per line.")
            : names;

    // Keras lists WordNet's id and the name.
    private static string Name(JsonElement value, string path) =>
        JsonFile.String(
            value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 ? value[value.GetArrayLength() - 1] : value,
            "name of a class",
            path);
}
