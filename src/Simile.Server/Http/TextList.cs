using System.Text.Json;
using System.Text.Json.Serialization;

namespace Simile.Server.Http;

/// <summary>The inputs of a request: a text, texts, the token ids of a text, or of several; also texts and ids mixed, as in TEI.</summary>
/// <param name="Items">The inputs.</param>
/// <param name="IsSingle">Whether one text was sent without an array.</param>
[JsonConverter(typeof(TextListConverter))]
internal sealed record TextList(IReadOnlyList<TextList.Item> Items, bool IsSingle)
{
    /// <summary>A text, or the ids of its tokens.</summary>
    public readonly record struct Item(string? Text, int[]? Ids);
}

/// <summary>Reads a <see cref="TextList"/>.</summary>
internal sealed class TextListConverter : JsonConverter<TextList>
{
    private const string Expected = "The input must be a string, an array of strings, an array of token ids, or an array of such arrays.";

    /// <inheritdoc/>
    public override TextList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new TextList([new TextList.Item(Text(ref reader), null)], IsSingle: true);
        }

        var (items, ids) = (new List<TextList.Item>(), new List<int>());
        Require(reader.TokenType == JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.Number)
            {
                ids.Add(Id(ref reader));
            }
            else
            {
                items.Add(reader.TokenType == JsonTokenType.String
                    ? new TextList.Item(Text(ref reader), null)
                    : new TextList.Item(null, Ids(ref reader)));
            }
        }

        Require(ids.Count == 0 || items.Count == 0);
        return ids.Count > 0 ? new TextList([new TextList.Item(null, [.. ids])], IsSingle: true) : new TextList(items, IsSingle: false);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TextList value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Requests are only read.");

    // A lone surrogate, such as "\ud800", is no text: the reader throws.
    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new InputException("A text is not valid Unicode.");
        }
    }

    private static int[] Ids(ref Utf8JsonReader reader)
    {
        var ids = new List<int>();
        Require(reader.TokenType == JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            ids.Add(Id(ref reader));
        }

        return [.. ids];
    }

    private static int Id(ref Utf8JsonReader reader)
    {
        Require(reader.TokenType == JsonTokenType.Number);
        return reader.TryGetInt32(out var id) && id >= 0 ? id : throw new InputException("A token id is not an integer from 0.");
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InputException(Expected);
        }
    }
}
