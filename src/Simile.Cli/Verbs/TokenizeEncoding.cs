using System.Text.Json;
using Simile.Tokenizers;

namespace Simile.Cli;

/// <summary>The tokens of each line as JSON: {"ids","tokens","offsets"}, preceded by "model" if there are several.</summary>
internal sealed class TokenizeEncoding(IReadOnlyList<TokenizerInput> models, bool addSpecialTokens, Terminal terminal)
{
    private readonly JsonLines _json = new(terminal.Output);

    public void Write(List<string> texts) => _json.Write(texts.Count * models.Count, (writer, row) =>
    {
        var (text, model) = (texts[row / models.Count], models[row % models.Count]);
        if (models.Count > 1)
        {
            writer.WriteString("model", model.Name);
        }

        Write(writer, text, model.Tokenizer.Encode(text, addSpecialTokens: addSpecialTokens));
    });

    private static void Write(Utf8JsonWriter writer, string text, Encoding encoding)
    {
        writer.WriteStartArray("ids");
        foreach (var id in encoding.Ids)
        {
            writer.WriteNumberValue(id);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("tokens");
        foreach (var token in encoding.Tokens)
        {
            writer.WriteStringValue(token);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("offsets");
        var codePoints = new CodePoints(text);
        foreach (var (start, end) in encoding.Offsets)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(codePoints.Before(start));
            writer.WriteNumberValue(codePoints.Before(end));
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }
}
