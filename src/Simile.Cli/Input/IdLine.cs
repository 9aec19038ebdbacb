using System.Globalization;
using System.Text.Json;

namespace Simile.Cli;

/// <summary>Parses token ids in a line: a JSON array, an object with "ids", or numbers separated by blanks or commas.</summary>
internal static class IdLine
{
    private static readonly char[] Separators = [' ', '\t', ','];

    /// <exception cref="FormatException">The line has none of these forms. The message quotes it.</exception>
    public static int[] Parse(string line)
    {
        var text = line.Trim();
        return text.StartsWith('[') || text.StartsWith('{')
            ? ParseJson(text)
            : [.. text.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(ParseId)];
    }

    private static int[] ParseJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && !root.TryGetProperty("ids", out root))
            {
                throw new FormatException("the object has no \"ids\"");
            }

            return root.ValueKind == JsonValueKind.Array
                ? [.. root.EnumerateArray().Select(id => ParseId(id.GetRawText()))]
                : throw new FormatException("\"ids\" is not an array");
        }
        catch (JsonException)
        {
            throw new FormatException("it is not valid JSON");
        }
    }

    private static int ParseId(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new FormatException($"'{(text.Length > 30 ? text[..30] + "…" : text)}' is not a token id");
}
