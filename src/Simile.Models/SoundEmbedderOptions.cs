namespace Simile.Models;

/// <summary>Settings that override a sound model's files.</summary>
public sealed record SoundEmbedderOptions
{
    /// <summary>
    /// The layer whose output is the vector: <c>pooler_output </c>, <c>last_hidden_state </c>, <c>hidden_states.2 </c>; in an ONNX file the
    /// name of a value. Null: the input of the classifier.
    /// </summary>
    public string? Layer { get; init; }

    /// <summary>Whether to normalize vectors to length 1. True by default, so that the dot product is the cosine.</summary>
    public bool Normalize { get; init; } = true;
}
