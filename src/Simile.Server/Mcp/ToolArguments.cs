using System.Text.Json;

namespace Simile.Server.Mcp;

/// <summary>The arguments of a tool call. A wrong one is a sentence for the agent.</summary>
internal readonly struct ToolArguments(IDictionary<string, JsonElement>? values)
{
    /// <exception cref="ArgumentException">It is missing, empty, or not a text.</exception>
    public string RequireText(string name) =>
        Text(name) is { } text && !string.IsNullOrWhiteSpace(text)
            ? text
            : throw new ArgumentException($"The argument {name} is missing or empty.");

    /// <exception cref="ArgumentException">It is not a text.</exception>
    public string? Text(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        _ => throw new ArgumentException($"The argument {name} must be a string."),
    };

    /// <exception cref="ArgumentException">It is not a number of the range.</exception>
    public int Number(string name, int standard, int least, int most) => (int)Number(name, (double)standard, least, most);

    /// <exception cref="ArgumentException">It is not a number of the range.</exception>
    public double Number(string name, double standard, double least, double most)
    {
        if (Find(name) is not { } value)
        {
            return standard;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most ? number
            : throw new ArgumentException($"The argument {name} must be a number from {least} to {most}.");
    }

    /// <exception cref="ArgumentException">It is none of the words.</exception>
    public string? Choice(string name, params ReadOnlySpan<string> words) => Text(name) is not { } word ? null
        : words.Contains(word) ? word
        : throw new ArgumentException($"The argument {name} must be one of {string.Join(", ", words.ToArray())}.");

    private JsonElement? Find(string name) =>
        values is not null && values.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
