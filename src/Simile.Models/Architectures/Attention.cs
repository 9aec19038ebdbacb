using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>Scaled dot-product attention (Vaswani et al. 2017).</summary>
internal sealed record Attention
{
    /// <summary>Heads of the queries.</summary>
    public required int Heads { get; init; }

    /// <summary>
    /// Number of key and value heads. Each is shared by several query heads (Ainslie et al. 2023). Null for one per query head.
    /// </summary>
    public int? KeyHeads { get; init; }

    /// <summary>Components per head.</summary>
    public required int HeadSize { get; init; }

    /// <summary>The scale of the scores; null for 1 / √<see cref="HeadSize"/>.</summary>
    public float? Scale { get; init; }

    /// <summary>Whether attention is causal: a token sees only earlier tokens.</summary>
    public bool Causal { get; init; }

    /// <summary>
    /// Writes the node. Queries are [batch, length, heads · size], keys and values [batch, length, key heads · size]; the result is [batch,
    /// length, heads · size].
    /// </summary>
    /// <param name="graph">Receives the nodes.</param>
    /// <param name="query">The queries.</param>
    /// <param name="key">The keys.</param>
    /// <param name="value">The values.</param>
    /// <param name="mask">int32 [batch, length], 0 for masked keys; null for no mask.</param>
    /// <param name="scores">Added to the scaled products: [1 or batch, 1 or heads, length, length]; null for none.</param>
    /// <param name="biases">Added to queries, keys and values, concatenated in this order; null for none.</param>
    public string Write(
        GraphBuilder graph, string query, string key, string value, string? mask, string? scores = null, string? biases = null) =>
        graph.AttentionRows(
            query, key, value, biases, mask, scores, (Heads, KeyHeads ?? Heads), Scale ?? 1f / MathF.Sqrt(HeadSize), Causal);
}
