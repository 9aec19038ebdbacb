using System.Text.Json.Serialization;
using Simile.Server.Http;

namespace Simile.Server.OpenAI;

/// <summary>The body of POST /v1/embeddings.</summary>
internal sealed record EmbeddingsRequest
{
    /// <summary>The model; the first one if missing.</summary>
    public string? Model { get; init; }

    /// <summary>A string, strings, token ids, or arrays of token ids. For pictures and sounds: data URIs.</summary>
    public TextList? Input { get; init; }

    /// <summary>float or base64 (little-endian float32).</summary>
    [JsonPropertyName("encoding_format")]
    public string? EncodingFormat { get; init; }

    /// <summary>Keeps this many first components and normalizes again.</summary>
    public int? Dimensions { get; init; }

    /// <summary>Infinity's: text, image or audio.</summary>
    public string? Modality { get; init; }

    /// <summary>The name of a prompt of the model; its default prompt if missing. As in text-embeddings-inference.</summary>
    [JsonPropertyName("prompt_name")]
    public string? PromptName { get; init; }

    /// <summary>A name for the caller, which is ignored.</summary>
    public string? User { get; init; }
}
