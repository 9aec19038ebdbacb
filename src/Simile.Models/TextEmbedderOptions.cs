namespace Simile.Models;

/// <summary>Settings that override a text model's files.</summary>
public sealed record TextEmbedderOptions
{
    /// <summary>
    /// The layer whose token vectors are pooled, instead of the last one: <c>hidden_states.3</c> is the output of the third layer,
    /// <c>hidden_states.0</c> the embeddings; <c>pooler_output</c> is not pooled. In an ONNX file also the name of a value, a
    /// node or a module such as <c>avgpool</c>. After the pooling, only Normalize is applied. Null: as in the model's files.
    /// </summary>
    public string? Layer { get; init; }

    /// <summary>
    /// Whether each text runs alone, so that its vector is the same to the last bit in any batch. In batches,
    /// the default, the last bits differ (cosine ≥ 0.999999), and short texts are several times faster.
    /// </summary>
    public bool BitEqual { get; init; }
}
