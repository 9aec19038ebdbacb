using System.Globalization;
using System.Text.Json;

namespace Simile.Cli;

/// <summary>Token ids written on a line: a JSON array, an object with "ids", or numbers with blanks or commas between.</summary>
internal static class IdLine
{
    private static readonly char[] Separators = [' ', '\t', ','];

    /// <exception cref="FormatException">The line is none of these; the message says what stands there.</exception>
    public static int[] Parse(string line)
    {
        var text = line.Trim();
        return text.StartsWith('[') || text.StartsWith('{') ? ParseJson(text) : [.. text.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(ParseId)];
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
            throw new FormatException("it begins as JSON but is none");
        }
    }

    private static int ParseId(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new FormatException($"'{(text.Length > 30 ? text[..30] + "…" : text)}' is not a token id");
}
