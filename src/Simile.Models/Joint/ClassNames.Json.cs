using System.Globalization;
using System.Text.Json;

namespace Simile.Models.Joint;

/// <content>JSON: config.json with its id2label, or the list or object that it would hold.</content>
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
            JsonValueKind.Object when names.EnumerateObject().All(entry => int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out _)) => ByNumber(names, path),
            _ => throw new InvalidDataException($"{path} names no classes: it should hold a list of names, or an object id2label of number to name. Give a file with a name a line."),
        };
    }

    private static string[] ByNumber(JsonElement names, string path)
    {
        var ordered = names.EnumerateObject().OrderBy(entry => int.Parse(entry.Name, CultureInfo.InvariantCulture)).ToArray();
        return ordered.Select((entry, i) => entry.Name == i.ToString(CultureInfo.InvariantCulture)).All(isNext => isNext)
            ? Told([.. ordered.Select(entry => Name(entry.Value, path))], path)
            : throw new InvalidDataException($"{path} names classes that are not numbered from 0 on without a gap.");
    }

    // transformers fills id2label where nobody said what the classes are.
    private static string[] Told(string[] names, string path) => names.Length > 0 && names.Select((name, i) => name == $"LABEL_{i}").All(isFilled => isFilled)
        ? throw new InvalidDataException($"{path} calls its classes LABEL_0 and so on, which says nothing: give a file with a name a line.")
        : names;

    // Keras lists the id of WordNet and the name.
    private static string Name(JsonElement value, string path) =>
        JsonFile.String(value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 ? value[value.GetArrayLength() - 1] : value, "name of a class", path);
}
