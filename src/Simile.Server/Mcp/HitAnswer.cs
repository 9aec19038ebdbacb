using System.Globalization;
using System.Text;
using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace Simile.Server.Mcp;

/// <summary>Hits as structured content, as text, and the pictures among them as small images.</summary>
internal sealed class HitAnswer(CorpusFiles files)
{
    private const int SnippetLength = 600;
    private const int Pictures = 3;
    private const int PictureSize = 256;

    /// <summary>The schema of the structured content.</summary>
    public const string Schema = """
        {"type":"object","properties":{"results":{"type":"array","items":{"type":"object","properties":{
          "path":{"type":"string","description":"relative path, for read and related"},
          "kind":{"type":"string","enum":["passage","image","sound"]},
          "score":{"type":"number","description":"greater is closer"},
          "line":{"type":"integer","description":"first line of the passage, from 1"},
          "place":{"type":"string","description":"part of a document, such as page 3"},
          "text":{"type":"string"},
          "from":{"type":"number","description":"start of the part of a sound in seconds"},
          "to":{"type":"number"}},
          "required":["path","kind","score"]}},
          "note":{"type":"string"}},"required":["results"]}
        """;

    /// <param name="hits">The hits, best first.</param>
    /// <param name="note">What the agent should know of the result; null for nothing.</param>
    /// <param name="json">Makes an element of written JSON.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task<CallToolResult> WriteAsync(
        IReadOnlyList<CorpusHit> hits, string? note, Func<Action<Utf8JsonWriter>, JsonElement> json, CancellationToken cancellationToken)
    {
        var root = await files.RootAsync(cancellationToken).ConfigureAwait(false);
        string[] paths = [.. hits.Select(hit => Path.GetRelativePath(root, hit.Item.Path).Replace(Path.DirectorySeparatorChar, '/'))];
        var content = new List<ContentBlock> { new TextContentBlock { Text = Text(hits, paths, note) } };
        content.AddRange(hits.Select(hit => hit.Item).OfType<ImageItem>().Take(Pictures)
            .Select(item => PictureBlock.Small(item.Path, PictureSize)).OfType<ImageContentBlock>());
        return new CallToolResult { Content = content, StructuredContent = json(writer => Write(writer, hits, paths, note)) };
    }

    /// <summary>Where in its document an item stands: "page 3"; null for other files.</summary>
    public static string? Place(CorpusItem item) => item is PassageItem { Place: { } place } ? $"{place.Kind} {place.Name}" : null;

    private static string Text(IReadOnlyList<CorpusHit> hits, string[] paths, string? note)
    {
        var text = new StringBuilder(hits.Count == 0 ? "Nothing was found.\n" : string.Empty);
        for (var i = 0; i < hits.Count; i++)
        {
            var where = hits[i].Item switch
            {
                PassageItem passage =>
                    Place(passage) is { } place ? $"{paths[i]} ({place}, line {passage.Line})" : $"{paths[i]}:{passage.Line}",
                SoundItem sound =>
                    string.Create(
                        CultureInfo.InvariantCulture, $"{paths[i]} ({sound.From.TotalSeconds:0.#}–{sound.To.TotalSeconds:0.#} s)"),
                _ => paths[i],
            };
            text.Append(
                CultureInfo.InvariantCulture,
                $"{i + 1}. {where} [{hits[i].Item.Kind.ToString().ToLowerInvariant()}, {hits[i].Score:0.00}]\n");
            if (hits[i].Item is PassageItem { Text: var passageText })
            {
                text.Append(Snippet(passageText)).Append('\n');
            }
        }

        return note is null ? text.ToString() : text.Append(note).ToString();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<CorpusHit> hits, string[] paths, string? note)
    {
        json.WriteStartObject();
        json.WriteStartArray("results");
        for (var i = 0; i < hits.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("path", paths[i]);
            WriteItem(json, hits[i].Item);
            json.WriteNumber("score", MathF.Round(hits[i].Score, 4));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (note is not null)
        {
            json.WriteString("note", note);
        }

        json.WriteEndObject();
    }

    private static void WriteItem(Utf8JsonWriter json, CorpusItem item)
    {
        switch (item)
        {
            case PassageItem passage:
                json.WriteString("kind", "passage");
                json.WriteNumber("line", passage.Line);
                json.WriteString("text", Snippet(passage.Text));
                if (Place(passage) is { } place)
                {
                    json.WriteString("place", place);
                }

                break;
            case SoundItem sound:
                json.WriteString("kind", "sound");
                json.WriteNumber("from", Math.Round(sound.From.TotalSeconds, 3));
                json.WriteNumber("to", Math.Round(sound.To.TotalSeconds, 3));
                break;
            default:
                json.WriteString("kind", "image");
                break;
        }
    }

    private static string Snippet(string text)
    {
        var length = Math.Min(text.Length, SnippetLength);
        length -= length < text.Length && char.IsHighSurrogate(text[length - 1]) ? 1 : 0;
        return length == text.Length ? text : text[..length] + "…";
    }
}
