using System.Text.Json;

namespace Simile.Models.Architectures;

/// <content>
/// Fields that change the network's result and support only some values. Other values are refused, never ignored.
/// docs/models/config.md lists the fields of each family.
/// </content>
internal sealed partial class ConfigFile
{
    /// <summary>Whether the file has a field, possibly null.</summary>
    public bool Has(string name) => root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out _);

    /// <summary>Whether the file has a field that is not null.</summary>
    public bool HasValue(string name) => JsonFile.Optional(root, name) is not null;

    /// <summary>The names of all fields.</summary>
    public IEnumerable<string> Names => root.ValueKind == JsonValueKind.Object ? root.EnumerateObject().Select(item => item.Name) : [];

    /// <summary>Refuses a string other than <paramref name="built"/>. A missing field is allowed.</summary>
    /// <exception cref="NotSupportedException">The value is not the supported one.</exception>
    public void Only(string name, string built)
    {
        if (Text(name, built) is var text && text != built)
        {
            throw NotBuilt(name, $"\"{text}\"", $"\"{built}\"");
        }
    }

    /// <summary>Refuses a number other than <paramref name="built"/>. A missing field is allowed.</summary>
    /// <exception cref="NotSupportedException">The value is not the supported one.</exception>
    public void Only(string name, int built)
    {
        if (OptionalSize(name) is { } size && size != built)
        {
            throw NotBuilt(name, $"{size}", $"{built}");
        }
    }

    /// <summary>Refuses fields that switch something on: each must be missing, null, false, 0 or empty.</summary>
    /// <exception cref="NotSupportedException">A field has another value.</exception>
    public void Off(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (JsonFile.Optional(root, name) is { } value && !IsOff(value))
            {
                throw NotBuilt(name, Shown(value), "without it");
            }
        }
    }

    /// <summary>Refuses unknown fields of an object inside the file.</summary>
    /// <exception cref="NotSupportedException">There is an unknown field.</exception>
    public void Known(string parent, params ReadOnlySpan<string> names)
    {
        foreach (var field in JsonFile.Optional(root, parent) is { ValueKind: JsonValueKind.Object } child
            ? child.EnumerateObject()
            : default)
        {
            if (!names.Contains(field.Name))
            {
                throw NotBuilt($"{parent}.{field.Name}", Shown(field.Value), "without it");
            }
        }
    }

    private static bool IsOff(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.False => true,
        JsonValueKind.Number => value.GetDouble() == 0,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.String => value.GetString()!.Length == 0,
        _ => false,
    };

    private static NotSupportedException NotBuilt(string name, string value, string built) =>
        new($"config.json asks for \"{name}\": {value}, which is not supported: use {built}.");
}
