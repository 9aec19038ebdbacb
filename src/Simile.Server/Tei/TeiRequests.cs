using System.Text.Json.Serialization;
using Simile.Server.Http;

namespace Simile.Server.Tei;

/// <summary>The body of POST /embed, /embed_all and /embed_sparse.</summary>
internal sealed record EmbedRequest
{
    public TextList? Inputs { get; init; }

    public bool? Truncate { get; init; }

    /// <summary>The side that is cut off: left or right.</summary>
    [JsonPropertyName("truncation_direction")]
    public string? TruncationDirection { get; init; }

    [JsonPropertyName("prompt_name")]
    public string? PromptName { get; init; }

    public bool? Normalize { get; init; }

    public int? Dimensions { get; init; }
}

/// <summary>The body of POST /rerank. Infinity's has the fields model, documents, top_n and return_documents.</summary>
internal sealed record RerankRequest
{
    public string? Query { get; init; }

    public string[]? Texts { get; init; }

    public bool? Truncate { get; init; }

    [JsonPropertyName("truncation_direction")]
    public string? TruncationDirection { get; init; }

    [JsonPropertyName("raw_scores")]
    public bool RawScores { get; init; }

    [JsonPropertyName("return_text")]
    public bool ReturnText { get; init; }

    public string? Model { get; init; }

    public string[]? Documents { get; init; }

    [JsonPropertyName("return_documents")]
    public bool ReturnDocuments { get; init; }

    [JsonPropertyName("top_n")]
    public int? TopN { get; init; }
}

/// <summary>The body of POST /similarity.</summary>
internal sealed record SimilarityRequest
{
    public SimilarityInputs? Inputs { get; init; }

    public EmbedRequest? Parameters { get; init; }
}

/// <summary>A text, and others to compare with it.</summary>
internal sealed record SimilarityInputs
{
    [JsonPropertyName("source_sentence")]
    public string? SourceSentence { get; init; }

    public string[]? Sentences { get; init; }
}

/// <summary>The body of POST /predict.</summary>
internal sealed record PredictRequest
{
    public TextPairs? Inputs { get; init; }

    public bool? Truncate { get; init; }

    [JsonPropertyName("truncation_direction")]
    public string? TruncationDirection { get; init; }

    [JsonPropertyName("raw_scores")]
    public bool RawScores { get; init; }
}

/// <summary>The body of POST /tokenize.</summary>
internal sealed record TokenizeRequest
{
    public TextList? Inputs { get; init; }

    /// <summary>True if missing.</summary>
    [JsonPropertyName("add_special_tokens")]
    public bool? AddSpecialTokens { get; init; }

    [JsonPropertyName("prompt_name")]
    public string? PromptName { get; init; }
}

/// <summary>The body of POST /decode.</summary>
internal sealed record DecodeRequest
{
    public TextList? Ids { get; init; }

    /// <summary>True if missing.</summary>
    [JsonPropertyName("skip_special_tokens")]
    public bool? SkipSpecialTokens { get; init; }
}
