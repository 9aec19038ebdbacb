using System.Text.Json;
using System.Text.Json.Serialization;
using Simile.Server.Http;

namespace Simile.Server.Cohere;

/// <summary>The body of POST /v2/embed: texts, images as data URIs, or inputs of both kinds.</summary>
internal sealed record CohereEmbedRequest
{
    public string? Model { get; init; }

    /// <summary>search_document, search_query, classification, clustering or image.</summary>
    [JsonPropertyName("input_type")]
    public string? InputType { get; init; }

    public string[]? Texts { get; init; }

    public string[]? Images { get; init; }

    public CohereInput[]? Inputs { get; init; }

    /// <summary>float, int8, uint8, binary, ubinary, base64; float if missing.</summary>
    [JsonPropertyName("embedding_types")]
    public string[]? EmbeddingTypes { get; init; }

    [JsonPropertyName("output_dimension")]
    public int? OutputDimension { get; init; }

    /// <summary>NONE, START or END.</summary>
    public string? Truncate { get; init; }
}

/// <summary>An input: a text or an image.</summary>
internal sealed record CohereInput
{
    public CohereContent[]? Content { get; init; }
}

/// <summary>A part of an input.</summary>
internal sealed record CohereContent
{
    public string? Type { get; init; }

    public string? Text { get; init; }

    [JsonPropertyName("image_url")]
    public CohereImage? ImageUrl { get; init; }
}

/// <summary>An image as a data URI.</summary>
internal sealed record CohereImage
{
    public string? Url { get; init; }
}

/// <summary>The body of POST /v2/rerank.</summary>
internal sealed record CohereRerankRequest
{
    public string? Model { get; init; }

    public string? Query { get; init; }

    public CohereDocument[]? Documents { get; init; }

    [JsonPropertyName("top_n")]
    public int? TopN { get; init; }
}

/// <summary>A document: a string, or an object with the field text.</summary>
[JsonConverter(typeof(CohereDocumentConverter))]
internal sealed record CohereDocument(string Text);

/// <summary>Reads a <see cref="CohereDocument"/>.</summary>
internal sealed class CohereDocumentConverter : JsonConverter<CohereDocument>
{
    /// <inheritdoc/>
    public override CohereDocument Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new CohereDocument(reader.GetString()!);
        }

        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement is { ValueKind: JsonValueKind.Object } value
            && value.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String
            ? new CohereDocument(text.GetString()!)
            : throw new InputException("A document must be a string, or an object with the field text.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, CohereDocument value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Requests are only read.");
}
