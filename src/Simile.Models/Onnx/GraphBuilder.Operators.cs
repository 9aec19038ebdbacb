using Simile.Models.Onnx.Operators;
using Tensor = Simile.Models.Checkpoints.Tensor;

namespace Simile.Models.Onnx;

/// <content>Our own operators. They take products before the rows of byte products are scaled, and return rows as numbers, bytes or
/// both.</content>
internal sealed partial class GraphBuilder
{
    private readonly Dictionary<string, (string Product, string Scales)> _unscaled = [];
    private readonly Dictionary<string, (NodeProto Node, int Levels)> _rows = [];

    /// <summary>
    /// Scaled dot-product attention: queries [batch, length, heads · size], keys and values [batch, keys, key heads · size]; the result has
    /// the shape of the queries.
    /// </summary>
    /// <param name="query">The queries.</param>
    /// <param name="key">The keys.</param>
    /// <param name="value">The values.</param>
    /// <param name="biases">Added to queries, keys and values, concatenated in this order; null for none.</param>
    /// <param name="mask">int32 [batch, keys], 0 for masked keys; null for no mask.</param>
    /// <param name="scores">Added to the scaled products: [1 or batch, 1 or heads, length, keys]; null for none.</param>
    /// <param name="heads">Number of query heads, and of key and value heads.</param>
    /// <param name="factor">The scale of the scores.</param>
    /// <param name="causal">Whether attention is causal.</param>
    public string AttentionRows(
        string query,
        string key,
        string value,
        string? biases,
        string? mask,
        string? scores,
        (int Query, int Key) heads,
        float factor,
        bool causal)
    {
        var (q, k, v) = (Unscaled(query), Unscaled(key), Unscaled(value));
        if (q.Scales != k.Scales || q.Scales != v.Scales)
        {
            (q, k, v) = ((query, string.Empty), (key, string.Empty), (value, string.Empty));
        }

        return AddRows(
            nameof(AttentionRows),
            Operators.AttentionRows.LevelsInput,
            q.Product,
            k.Product,
            v.Product,
            string.Empty,
            q.Scales,
            biases ?? string.Empty,
            mask ?? string.Empty,
            scores ?? string.Empty,
            Scalar((long)heads.Query),
            Scalar((long)heads.Key),
            Scalar(factor),
            Scalar(causal ? 1L : 0L));
    }

    // gelu(x + bias)
    private string GeluRows(string x, Tensor bias)
    {
        var (product, scales) = Unscaled(x);
        return AddRows(nameof(GeluRows), Operators.GeluRows.LevelsInput, product, scales, Weight(bias), string.Empty);
    }

    // The layer norm of x + bias + residual.
    private string NormRows(string x, Tensor bias, string residual, Tensor scale, Tensor shift, float epsilon)
    {
        var (product, scales) = Unscaled(x);
        return AddRows(
            nameof(NormRows),
            Operators.NormRows.LevelsInput,
            product,
            scales,
            Weight(bias),
            string.Empty,
            residual,
            Weight(scale),
            Weight(shift),
            Scalar(epsilon));
    }

    // The input with the quantization levels is set only if bytes are requested.
    private string AddRows(string op, int levels, params ReadOnlySpan<string> inputs)
    {
        var output = Add(OwnName(op), inputs);
        _rows[output] = (_graph.Node[^1], levels);
        return output;
    }

    private static string OwnName(string op) => $"{OperatorDomain.Name}.{op}";

    // A product before its rows are scaled, with the scales.
    private (string Product, string Scales) Unscaled(string x) => _unscaled.TryGetValue(x, out var parts) ? parts : (x, string.Empty);

    // Nodes without readers are not run.
    private void DropUnused()
    {
        var read = _graph.Output.Select(output => output.Name).ToHashSet();
        for (var i = _graph.Node.Count - 1; i >= 0; i--)
        {
            var node = _graph.Node[i];
            if (!node.Output.Any(read.Contains))
            {
                _graph.Node.RemoveAt(i);
                continue;
            }

            read.UnionWith(node.Input);
            if (node.Domain == OperatorDomain.Name && !read.Contains(node.Output[0]))
            {
                node.Output[0] = string.Empty;
            }
        }
    }
}
