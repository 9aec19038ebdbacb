using System.Globalization;
using System.Text;
using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace Simile.Server.Mcp;

/// <summary>The tool read.</summary>
internal sealed class ReadTool(CorpusFiles files) : CorpusTool(
    "read",
    "Read an indexed file",
    "Reads lines of an indexed text or document, shows an indexed picture, or plays a part of an indexed sound. Lines are counted from 1; "
    + "in a document with pages, slides or sheets, within the place that search names.",
    """
    {"type":"object","properties":{
      "path":{"type":"string","description":"the path of an indexed file, as search shows it"},
      "line":{"type":"integer","minimum":1,"default":1,"description":"first line of a text"},
      "lines":{"type":"integer","minimum":1,"maximum":1000,"default":80,"description":"maximum number of lines"},
      "place":{"type":"string","description":"part of a document, as search shows it, such as page 3"},
      "from":{"type":"number","minimum":0,"default":0,"description":"start in a sound, in seconds"},
      "seconds":{"type":"number","minimum":1,"maximum":30,"default":10,"description":"maximum length of the part of a sound"}},
      "required":["path"]}
    """,
    """
    {"type":"object","properties":{
      "path":{"type":"string"},"kind":{"type":"string","enum":["text","image","sound"]},
      "line":{"type":"integer","description":"first line that is shown"},
      "lines":{"type":"integer","description":"number of lines that are shown"},
      "total_lines":{"type":"integer"},
      "place":{"type":"string"},
      "places":{"type":"array","items":{"type":"string"},"description":"the parts of the document"}},
      "required":["path","kind"]}
    """)
{
    private const int PictureSize = 1024;
    private const int MostCharacters = 60_000;

    protected override async Task<CallToolResult> RunAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var (path, items) = await files.FindAsync(arguments.RequireText("path"), cancellationToken).ConfigureAwait(false);
        var shown = await files.ShowAsync(path, cancellationToken).ConfigureAwait(false);
        return items[0].Kind switch
        {
            MediaKind.Image => Answer(shown, "image", PictureBlock.Load(path, PictureSize)),
            MediaKind.Sound => Answer(shown, "sound", Sound(path, arguments)),
            _ => Text(path, shown, arguments, cancellationToken),
        };
    }

    private static AudioContentBlock Sound(string path, ToolArguments arguments) =>
        SoundBlock.Load(
            path,
            TimeSpan.FromSeconds(arguments.Number("from", 0d, 0, 86_400)),
            TimeSpan.FromSeconds(arguments.Number("seconds", 10d, 1, 30)));

    private static CallToolResult Answer(string path, string kind, ContentBlock block) => new()
    {
        Content = [new TextContentBlock { Text = path }, block],
        StructuredContent = Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("path", path);
            json.WriteString("kind", kind);
            json.WriteEndObject();
        }),
    };

    private static CallToolResult Text(string path, string shown, ToolArguments arguments, CancellationToken cancellationToken)
    {
        var parts = FileContent.ReadParts(path, cancellationToken);
        var part = Part(parts, arguments.Text("place"));
        var lines = part.Text.ReplaceLineEndings("\n").Split('\n');
        var first = arguments.Number("line", 1, 1, int.MaxValue);
        if (first > lines.Length)
        {
            throw new ArgumentException($"The text has {lines.Length} lines: line {first} does not exist.");
        }

        var text = Numbered(lines, first, Math.Min(lines.Length, first + arguments.Number("lines", 80, 1, 1000) - 1), out var count);
        return new CallToolResult
        {
            Content = [new TextContentBlock { Text = text }],
            StructuredContent = Json(json => Write(json, shown, part, parts, first, count, lines.Length)),
        };
    }

    private static FilePart Part(IReadOnlyList<FilePart> parts, string? place)
    {
        if (parts.Count == 0)
        {
            throw new InvalidDataException("The document has no text.");
        }

        return place is null ? parts[0]
            : parts.FirstOrDefault(part => string.Equals(Name(part), place, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"The document has no {place}. It has: {string.Join(", ", parts.Select(Name).Take(20))}.");
    }

    private static string? Name(FilePart part) => part.Place is { } place ? $"{place.Kind} {place.Name}" : null;

    private static string Numbered(string[] lines, int first, int last, out int count)
    {
        var text = new StringBuilder();
        for (count = 0; first + count <= last && text.Length < MostCharacters; count++)
        {
            var line = lines[first + count - 1];
            text.Append(
                CultureInfo.InvariantCulture,
                $"{first + count}\t{(line.Length <= MostCharacters ? line : line[..MostCharacters] + "…")}\n");
        }

        return first + count - 1 < lines.Length
            ? text.Append(CultureInfo.InvariantCulture, $"(lines {first} to {first + count - 1} of {lines.Length})").ToString()
            : text.ToString();
    }

    private static void Write(
        Utf8JsonWriter json, string path, FilePart part, IReadOnlyList<FilePart> parts, int first, int count, int total)
    {
        json.WriteStartObject();
        json.WriteString("path", path);
        json.WriteString("kind", "text");
        json.WriteNumber("line", first);
        json.WriteNumber("lines", count);
        json.WriteNumber("total_lines", total);
        if (Name(part) is { } place)
        {
            json.WriteString("place", place);
            json.WriteStartArray("places");
            foreach (var other in parts)
            {
                json.WriteStringValue(Name(other));
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
