using System.Text.Json;

namespace Simile.Models.Architectures;

/// <summary>The numbers of a config.json, each within what makes sense.</summary>
internal sealed class ConfigFile(JsonElement root)
{
    private const int Largest = 1 << 24;

    /// <summary>A size: at least 1.</summary>
    /// <exception cref="InvalidDataException">It is missing or out of range.</exception>
    public int Size(string name)
    {
        var value = JsonFile.Integer(root, name) ?? throw new InvalidDataException($"config.json lacks the number \"{name}\".");
        return value is >= 1 and <= Largest ? value : throw new InvalidDataException($"config.json: \"{name}\" is {value}, which makes no network.");
    }

    /// <summary>A number, or a default where it is missing.</summary>
    public float Number(string name, float missing) =>
        JsonFile.Optional(root, name) is { ValueKind: JsonValueKind.Number } value ? (float)value.GetDouble() : missing;

    /// <summary>A text, or a default where it is missing.</summary>
    public string Text(string name, string missing) => JsonFile.Text(root, name) ?? missing;
}
