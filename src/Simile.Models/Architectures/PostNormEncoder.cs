using Simile.Models.Checkpoints;
using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>
/// The encoder of "Attention Is All You Need" as BERT has it: attention, then norm of the sum; two linear layers, then norm of the sum.
/// </summary>
internal sealed class PostNormEncoder(GraphBuilder graph, int hidden, int heads, string activation, float epsilon)
{
    /// <summary>The tensors of one layer: weight and bias each, the layer norms' as scale and shift.</summary>
    internal sealed record Layer
    {
        public required (Tensor Weight, Tensor Bias) Query { get; init; }

        public required (Tensor Weight, Tensor Bias) Key { get; init; }

        public required (Tensor Weight, Tensor Bias) Value { get; init; }

        public required (Tensor Weight, Tensor Bias) Output { get; init; }

        public required (Tensor Weight, Tensor Bias) AttentionNorm { get; init; }

        public required (Tensor Weight, Tensor Bias) Up { get; init; }

        public required (Tensor Weight, Tensor Bias) Down { get; init; }

        public required (Tensor Weight, Tensor Bias) Norm { get; init; }
    }

    /// <summary>The sum of word, position and (where there are any) type embeddings, normed.</summary>
    public string Embed(string ids, string? types, Tensor words, Tensor positions, Tensor? typeTable, Tensor scale, Tensor shift)
    {
        var output = graph.NewName();
        graph.Add(
            "com.microsoft.EmbedLayerNormalization",
            [Int32(ids), types is null ? string.Empty : Int32(types), graph.Weight(words), graph.Weight(positions), typeTable is null ? string.Empty : graph.Weight(typeTable), graph.Weight(scale), graph.Weight(shift)],
            [output, graph.NewName()],
            [("epsilon", epsilon)]);
        return output;
    }

    /// <summary>One layer. The mask is int32 [batch, length].</summary>
    public string Run(string x, string mask, Layer layer)
    {
        // Not the operator Attention: it multiplies with the weights anew for each text and head, which costs most where texts are short.
        var attention = graph.Add(
            "com.microsoft.MultiHeadAttention",
            [graph.MatMul(x, layer.Query.Weight), graph.MatMul(x, layer.Key.Weight), graph.MatMul(x, layer.Value.Weight), Biases(layer), mask],
            ("num_heads", (long)heads));
        var attended = graph.SkipLayerNorm(graph.MatMul(attention, layer.Output.Weight), x, layer.Output.Bias, layer.AttentionNorm.Weight, layer.AttentionNorm.Bias, epsilon);
        var up = graph.Linear(attended, layer.Up.Weight, layer.Up.Bias, activation);
        return graph.SkipLayerNorm(graph.MatMul(up, layer.Down.Weight), attended, layer.Down.Bias, layer.Norm.Weight, layer.Norm.Bias, epsilon);
    }

    /// <summary>The values as int32, as the fused operators want them.</summary>
    public string Int32(string value) => graph.Add("Cast", [value], ("to", (long)TensorElementType.Int32));

    /// <summary>The vector of the first token: [batch, length, hidden] to [batch, hidden].</summary>
    public string FirstToken(string x) => graph.Add("Gather", [x, graph.Scalar(0L)], ("axis", 1L));

    private string Biases(Layer layer) =>
        graph.Weight<float>((float[])[.. layer.Query.Bias.ToFloats().Span, .. layer.Key.Bias.ToFloats().Span, .. layer.Value.Bias.ToFloats().Span], 3L * hidden);
}
