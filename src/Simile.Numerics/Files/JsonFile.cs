using System.Text.Json;
using System.Text.Unicode;

namespace Simile.Numerics.Files;

/// <summary>Reads the JSON files of a model folder. Errors name the file and the fault.</summary>
internal static class JsonFile
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Parses a file.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">It is not JSON.</exception>
    public static JsonDocument Parse(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file {path}.", path);
        }

        var bytes = File.ReadAllBytes(path);
        if (!Utf8.IsValid(bytes))
        {
            throw new InvalidDataException($"{path} is not valid JSON: it holds bytes that are not UTF-8.");
        }

        try
        {
            return JsonDocument.Parse(bytes, Lenient);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is not valid JSON: {Quoted.Of(e.Message.ReplaceLineEndings(" "))}", e);
        }
    }

    /// <summary>The object called <paramref name="name"/>.</summary>
    public static JsonElement Object(JsonElement parent, string name, string path) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object
            ? value
            : throw new InvalidDataException($"{path} must hold an object \"{name}\".");

    /// <summary>A value as text.</summary>
    public static string String(JsonElement value, string name, string path) =>
        value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new InvalidDataException($"{path}: \"{name}\" must be a string.");

    /// <summary>A property that holds a name, or null if it is not a string.</summary>
    /// <exception cref="InvalidDataException">
    /// The text holds control characters or other invisible characters, so it cannot be quoted in a message.
    /// </exception>
    public static string? Text(JsonElement parent, string name) =>
        FreeText(parent, name) is not { } text || Quoted.IsSeen(text) ? FreeText(parent, name)
            : throw new InvalidDataException($"The text \"{name}\" holds control characters: remove them.");

    /// <summary>A property that holds any text, or null.</summary>
    public static string? FreeText(JsonElement parent, string name) =>
        Optional(parent, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>A property that holds a whole number, or null.</summary>
    public static int? Integer(JsonElement parent, string name) =>
        Optional(parent, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    /// <summary>A property that holds true or false, or null.</summary>
    public static bool? Flag(JsonElement parent, string name) =>
        Optional(parent, name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value ? value.GetBoolean() : null;

    /// <summary>A property, or null if it is missing or null.</summary>
    public static JsonElement? Optional(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    /// <summary>A required property.</summary>
    /// <exception cref="FormatException">The property is missing or null.</exception>
    public static JsonElement Required(this JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value)
            ? value
            : throw new FormatException($"an entry lacks \"{name}\"");
}
