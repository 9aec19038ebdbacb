using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>Scaled dot-product attention (Vaswani et al. 2017).</summary>
internal sealed record Attention
{
    /// <summary>Heads of the queries.</summary>
    public required int Heads { get; init; }

    /// <summary>Heads of the keys and values, each shared by as many queries (Ainslie et al. 2023); null for as many as of the queries.</summary>
    public int? KeyHeads { get; init; }

    /// <summary>Components of each head.</summary>
    public required int HeadSize { get; init; }

    /// <summary>What the products are multiplied by; null for 1 / √<see cref="HeadSize"/>.</summary>
    public float? Scale { get; init; }

    /// <summary>Whether a token sees only what stands before it.</summary>
    public bool Causal { get; init; }

    /// <summary>Writes the node: queries [batch, length, heads · size], keys and values [batch, length, key heads · size], to [batch, length, heads · size].</summary>
    /// <param name="graph">Where it goes.</param>
    /// <param name="query">The queries.</param>
    /// <param name="key">The keys.</param>
    /// <param name="value">The values.</param>
    /// <param name="mask">int32 [batch, length], 0 for keys that nobody sees; null for none.</param>
    /// <param name="scores">Added to the scaled products: [1 or batch, 1 or heads, length, length]; null for none.</param>
    /// <param name="biases">Added to queries, keys and values, which stand one after the other; null for none.</param>
    public string Write(GraphBuilder graph, string query, string key, string value, string? mask, string? scores = null, string? biases = null) =>
        graph.AttentionRows(query, key, value, biases, mask, scores, (Heads, KeyHeads ?? Heads), Scale ?? 1f / MathF.Sqrt(HeadSize), Causal);
}
