using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Simile.Models.Checkpoints;
using Tensor = Simile.Models.Checkpoints.Tensor;

namespace Simile.Models.Architectures;

/// <summary>The normalized sum of word, position and, if present, type embeddings. All descendants of BERT use the same names.</summary>
internal static class BertEmbeddings
{
    /// <summary>Writes the embeddings: [batch, length, width].</summary>
    /// <param name="text">Receives the nodes.</param>
    /// <param name="width">Components per embedding.</param>
    /// <param name="positions">Rows of the position table.</param>
    /// <param name="types">Rows of the type table; 0 for none.</param>
    /// <param name="epsilon">Epsilon of the layer norm.</param>
    /// <param name="places">The position of each token, int32 [batch, length]; null for 0, 1, 2, ….</param>
    public static string Write(TextGraph text, int width, int positions, int types, float epsilon, string? places = null)
    {
        var words = text.Weights.Get("embeddings.word_embeddings.weight", text.Config.Size("vocab_size"), width);
        var table = text.Weights.Get("embeddings.position_embeddings.weight", positions, width);
        var typeTable = types == 0 ? null : text.Weights.Get("embeddings.token_type_embeddings.weight", types, width);
        var graph = text.Graph;
        var (scale, shift) = (text.Weights.Get("embeddings.LayerNorm.weight", width), text.Weights.Get("embeddings.LayerNorm.bias", width));
        var typed = types == 1 ? WithType(table, typeTable!) : table;
        if (words.Type is DType.F16 or DType.BF16)
        {
            // The fused operator would need the whole table in float32.
            var x = graph.Add("Add", [text.Embedding(text.Ids, words), text.Embedding(places ?? text.Distances.Positions, typed)]);
            return graph.LayerNorm(types > 1 ? graph.Add("Add", [x, text.Embedding(text.Types, typeTable!)]) : x, scale, shift, epsilon);
        }

        var output = graph.NewName();
        graph.Add(
            "com.microsoft.EmbedLayerNormalization",
            [
                graph.Cast(text.Ids, TensorElementType.Int32),
                types > 1 ? graph.Cast(text.Types, TensorElementType.Int32) : string.Empty,
                graph.Weight(words),
                graph.Weight(typed),
                types > 1 ? graph.Weight(typeTable!) : string.Empty,
                graph.Weight(scale),
                graph.Weight(shift),
                string.Empty,
                places ?? string.Empty,
            ],
            [output, graph.NewName()],
            [("epsilon", epsilon)]);
        return output;
    }

    /// <summary>
    /// RoBERTa's positions: they start at <paramref name="padding"/> + 1 and count the ids that are not padding, whatever the mask says.
    /// int32.
    /// </summary>
    public static string PlacesBehindPadding(TextGraph text, int padding)
    {
        var isPadding = text.Graph.Add("Equal", [text.Ids, text.Graph.Scalar((long)padding)]);
        var counts = text.Graph.Cast(text.Graph.Add("Not", [isPadding]), TensorElementType.Int32);
        var places = text.Graph.Add("Mul", [text.Graph.Add("CumSum", [counts, text.Graph.Scalar(1L)]), counts]);
        return text.Graph.Add("Add", [places, text.Graph.Scalar(padding)]);
    }

    // There is one type, used for every token.
    private static Tensor WithType(Tensor positions, Tensor types)
    {
        var sum = positions.ToFloats().ToArray();
        var type = types.ToFloats().Span;
        for (var at = 0; at < sum.Length; at += type.Length)
        {
            TensorPrimitives.Add(sum.AsSpan(at, type.Length), type, sum.AsSpan(at, type.Length));
        }

        return new Tensor(positions.Name, DType.F32, positions.Shape, MemoryMarshal.AsBytes(sum.AsSpan()).ToArray());
    }
}
