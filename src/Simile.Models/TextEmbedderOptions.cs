namespace Simile.Models;

/// <summary>How a text model is loaded, where its own files are not to decide.</summary>
public sealed record TextEmbedderOptions
{
    /// <summary>
    /// The layer whose token vectors are pooled, in the place of the last one: <c>hidden_states.3</c> is what leaves the third layer,
    /// <c>hidden_states.0</c> the embeddings; <c>pooler_output</c> is taken as it is. In a ready ONNX file also the name of a value, of a
    /// node, or of a module such as <c>avgpool</c>. Of the modules behind the pooling only Normalize is applied. Null: what the model's files say.
    /// </summary>
    public string? Layer { get; init; }

    /// <summary>
    /// Whether each text goes through the network alone, so that its vector is the same to the last bit whatever stands beside it. In batches,
    /// the default, the last bits differ (cosine ≥ 0.999999) and short texts are several times faster.
    /// </summary>
    public bool BitEqual { get; init; }
}
