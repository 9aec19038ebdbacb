using System.Text.Json;

namespace Simile.Models.Architectures;

/// <summary>The values of a config.json, checked against sensible limits.</summary>
internal sealed partial class ConfigFile(JsonElement root)
{
    private const int Largest = 1 << 24;
    private const int FurthestDistance = 1 << 16;
    private const int MostLayers = 1024;

    /// <summary>A size: at least 1.</summary>
    /// <param name="names">The name. If several are given, the first one in the file counts.</param>
    /// <exception cref="InvalidDataException">The size is missing or out of range.</exception>
    public int Size(params ReadOnlySpan<string> names) =>
        OptionalSize(names) ?? throw new InvalidDataException($"config.json lacks the number \"{names[0]}\".");

    /// <summary>A size, or null if it is missing.</summary>
    /// <exception cref="InvalidDataException">The size is out of range.</exception>
    public int? OptionalSize(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (JsonFile.Optional(root, name) is { } value)
            {
                return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var size) && size is >= 1 and <= Largest ? size
                    : throw new InvalidDataException(
                        $"config.json: \"{name}\" is {Shown(value)}, but must be a whole number from 1 to {Largest}.");
            }
        }

        return null;
    }

    /// <summary>A number of layers.</summary>
    /// <remarks>Limited, because a file may request the same layer millions of times.</remarks>
    /// <exception cref="InvalidDataException">The number is missing or out of range.</exception>
    public int Layers(params ReadOnlySpan<string> names) => Size(names) is <= MostLayers and var layers ? layers
        : throw new InvalidDataException($"config.json: \"{names[0]}\" is above the limit of {MostLayers}.");

    /// <summary>The maximum distance between tokens that is distinguished, or a default if it is missing.</summary>
    /// <exception cref="InvalidDataException">The distance is out of range.</exception>
    public int Distance(string name, int missing) => (OptionalSize(name) ?? missing) is <= FurthestDistance and var distance ? distance
        : throw new InvalidDataException($"config.json: \"{name}\" is above the limit of {FurthestDistance}.");

    /// <summary>A list of sizes.</summary>
    /// <exception cref="InvalidDataException">The list is missing or empty, or a size is out of range.</exception>
    public int[] Sizes(string name) =>
        JsonFile.Optional(root, name) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() is > 0 and <= 4096
        && list.EnumerateArray()
            .All(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var size) && size is >= 1 and <= Largest)
            ? [.. list.EnumerateArray().Select(item => item.GetInt32())]
            : throw new InvalidDataException($"config.json: \"{name}\" must be a list of whole numbers from 1 to {Largest}.");

    /// <summary>One size, or a list of sizes; null if it is missing.</summary>
    /// <exception cref="InvalidDataException">The value has another type, or a size is out of range.</exception>
    public int[]? Lengths(string name) => JsonFile.Optional(root, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } => Sizes(name),
        _ => [Size(name)],
    };

    /// <summary>An integer, possibly negative, or a default if it is missing.</summary>
    public int Integer(string name, int missing) =>
        JsonFile.Optional(root, name) is not { } value ? missing
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && Math.Abs((long)number) <= Largest ? number
        : throw new InvalidDataException($"config.json: \"{name}\" is {Shown(value)}, which is not a whole number in the allowed range.");

    /// <summary>A number above 0, or a default if it is missing.</summary>
    /// <exception cref="InvalidDataException">The value is not a number above 0.</exception>
    public float Positive(string name, float missing) => OptionalPositive(name) ?? missing;

    /// <summary>A list of numbers, or null if it is missing.</summary>
    /// <exception cref="InvalidDataException">The value has another type, or a number is not finite.</exception>
    public float[]? Numbers(string name) => JsonFile.Optional(root, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } list
            when list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number && float.IsFinite((float)item.GetDouble())) =>
            [.. list.EnumerateArray().Select(item => (float)item.GetDouble())],
        _ => throw new InvalidDataException($"config.json: \"{name}\" must be a list of numbers."),
    };

    /// <summary>A number above 0, or null if it is missing.</summary>
    /// <exception cref="InvalidDataException">The value is not a number above 0.</exception>
    public float? OptionalPositive(string name) =>
        JsonFile.Optional(root, name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && (float)value.GetDouble() is > 0 and < float.PositiveInfinity and var number ? number
        : throw new InvalidDataException($"config.json: \"{name}\" is {Shown(value)}, but must be a number above 0.");

    /// <summary>A size times a fractional ratio, truncated to an integer. Computed in double, as in the reference.</summary>
    /// <exception cref="InvalidDataException">The ratio is missing, or the result is out of range.</exception>
    public int Share(string name, int size) =>
        JsonFile.Optional(root, name) is not { } value ? throw new InvalidDataException($"config.json lacks the number \"{name}\".")
        : value.ValueKind == JsonValueKind.Number && size * value.GetDouble() is >= 1 and <= Largest and var product ? (int)product
        : throw new InvalidDataException($"config.json: \"{name}\" is {Shown(value)}, which is out of range.");

    /// <summary>A string, or a default if it is missing.</summary>
    /// <exception cref="InvalidDataException">The value has another type.</exception>
    public string Text(string name, string missing) =>
        JsonFile.Optional(root, name) is not { } value ? missing
        : value.ValueKind == JsonValueKind.String && Quoted.IsSeen(value.GetString()!) ? value.GetString()!
        : throw new InvalidDataException($"config.json: \"{name}\" is {Shown(value)}, but must be a string of visible characters.");

    /// <summary>A boolean, or a default if it is missing.</summary>
    /// <exception cref="InvalidDataException">The value has another type.</exception>
    public bool Flag(string name, bool missing) =>
        JsonFile.Optional(root, name) is not { } value ? missing
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw new InvalidDataException($"config.json: \"{name}\" is {Shown(value)}, but must be true or false.");

    /// <summary>A list of strings, or null if it is missing. A string with bars (<c>a|b</c>) is also a list.</summary>
    /// <exception cref="InvalidDataException">The value has another type.</exception>
    public string[]? Texts(string name) => JsonFile.Optional(root, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => [.. text.GetString()!.Split('|', StringSplitOptions.TrimEntries).Select(Quoted.Of)],
        { ValueKind: JsonValueKind.Array } list =>
            [.. list.EnumerateArray().Select(item => Quoted.Of(JsonFile.String(item, name, "config.json")))],
        _ => throw new InvalidDataException($"config.json: \"{name}\" must be a list of strings."),
    };

    /// <summary>The object <paramref name="name"/>, or null if it is missing.</summary>
    public ConfigFile? Child(string name) =>
        JsonFile.Optional(root, name) is { ValueKind: JsonValueKind.Object } child ? new ConfigFile(child) : null;

    /// <summary>The size of each head if they divide a width evenly.</summary>
    /// <exception cref="InvalidDataException">The heads do not divide the width evenly.</exception>
    public static int Share(int width, int heads) => width % heads == 0 ? width / heads
        : throw new InvalidDataException($"config.json: {width} components cannot be divided among {heads} attention heads.");

    /// <summary>A list of integers, or null if it is missing.</summary>
    /// <exception cref="InvalidDataException">The value has another type.</exception>
    public int[]? Integers(string name) => JsonFile.Optional(root, name) is { } list ? Integers(list, name) : null;

    /// <summary>A list of lists of integers, or null if it is missing.</summary>
    /// <exception cref="InvalidDataException">The value has another type.</exception>
    public int[][]? Rows(string name) => JsonFile.Optional(root, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } rows => [.. rows.EnumerateArray().Select(row => Integers(row, name))],
        _ => throw new InvalidDataException($"config.json: \"{name}\" must be a list of lists of whole numbers."),
    };

    private static int[] Integers(JsonElement list, string name) =>
        list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(n => n.ValueKind == JsonValueKind.Number && n.TryGetInt32(out _))
            ? [.. list.EnumerateArray().Select(n => n.GetInt32())]
            : throw new InvalidDataException($"config.json: \"{name}\" must be a list of whole numbers.");

    private static string Shown(JsonElement value) =>
        Quoted.Of(value.GetRawText()) is { Length: <= 40 } text ? text : value.ValueKind.ToString();
}
