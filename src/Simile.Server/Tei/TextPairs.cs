using System.Text.Json;
using System.Text.Json.Serialization;
using Simile.Server.Http;

namespace Simile.Server.Tei;

/// <summary>The inputs of /predict: a text, a pair of texts, or an array of arrays of one or two texts.</summary>
/// <param name="Items">The inputs; the second text is null for an input of one text.</param>
/// <param name="IsSingle">Whether one input was sent without an array around it.</param>
[JsonConverter(typeof(TextPairsConverter))]
internal sealed record TextPairs(IReadOnlyList<(string First, string? Second)> Items, bool IsSingle);

/// <summary>Reads <see cref="TextPairs"/>.</summary>
internal sealed class TextPairsConverter : JsonConverter<TextPairs>
{
    private const string Expected =
        "The inputs must be a string, a pair of strings [string, string], or a batch [[string], [string, string], ...].";

    /// <inheritdoc/>
    public override TextPairs Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new TextPairs([(reader.GetString()!, null)], IsSingle: true);
        }

        var (items, texts) = (new List<(string, string?)>(), new List<string>());
        Require(reader.TokenType == JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                texts.Add(reader.GetString()!);
            }
            else
            {
                items.Add(Item(Texts(ref reader)));
            }
        }

        Require(items.Count == 0 || texts.Count == 0);
        return texts.Count > 0 ? new TextPairs([Item(texts)], IsSingle: true) : new TextPairs(items, IsSingle: false);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TextPairs value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Requests are only read.");

    private static List<string> Texts(ref Utf8JsonReader reader)
    {
        var texts = new List<string>();
        Require(reader.TokenType == JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Require(reader.TokenType == JsonTokenType.String);
            texts.Add(reader.GetString()!);
        }

        return texts;
    }

    private static (string, string?) Item(List<string> texts)
    {
        Require(texts.Count is 1 or 2);
        return (texts[0], texts.Count == 2 ? texts[1] : null);
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InputException(Expected);
        }
    }
}
