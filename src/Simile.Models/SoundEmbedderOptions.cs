namespace Simile.Models;

/// <summary>How a sound model is loaded, where its own files are not to decide.</summary>
public sealed record SoundEmbedderOptions
{
    /// <summary>
    /// The layer whose values are the vector: <c>pooler_output</c>, <c>last_hidden_state</c>, <c>hidden_states.2</c>; in a ready ONNX file the name of a
    /// value. Null: what stands before the classifier.
    /// </summary>
    public string? Layer { get; init; }

    /// <summary>Whether vectors are brought to length 1. True by default, so that the dot product is the cosine.</summary>
    public bool Normalize { get; init; } = true;
}
