using System.Text;
using System.Text.Json;

namespace Simile.Documents;

/// <summary>
/// One JSON value per line. An object is a row of its members; nested names are joined with dots. Lines that are not JSON are kept as text.
/// </summary>
internal static class JsonLinesReader
{
    public static List<Block> Read(string text)
    {
        var blocks = new List<Block>();
        foreach (var line in Lines.Of(text))
        {
            var trimmed = Lines.Trim(text, line);
            if (trimmed.Length > 0 && ToText(text.AsMemory(trimmed.Start, trimmed.Length)) is { Length: > 0 } row)
            {
                blocks.Add(new Block(BlockKind.Row, row.AsMemory(), trimmed.Start, trimmed.End));
            }
        }

        return blocks;
    }

    private static string ToText(ReadOnlyMemory<char> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var text = new StringBuilder();
            Append(text, string.Empty, document.RootElement);
            return text.ToString();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return line.ToString();
        }
    }

    // The parser accepts at most 64 levels.
    private static void Append(StringBuilder text, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    Append(text, name.Length == 0 ? member.Name : $"{name}.{member.Name}", member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var element in value.EnumerateArray())
                {
                    Append(text, name, element);
                }

                break;
            case JsonValueKind.Null:
                break;
            default:
                Row.Append(text, name, value.ToString());
                break;
        }
    }
}
