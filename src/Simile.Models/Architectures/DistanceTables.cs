using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>DeBERTa's distance keys and queries: the normalized table of distances, passed through a linear layer of each layer.</summary>
internal sealed class DistanceTables(TextGraph text, PostNormEncoder encoder, int rows, float scale)
{
    /// <summary>
    /// Computes those of all layers, in the layout for the product: constants [heads, head size, rows], times the scale of the scores.
    /// </summary>
    /// <param name="layers">Number of layers.</param>
    /// <param name="names">The linear layer that words and distances share, or the one of the distances if they do not share.</param>
    public string[] Compute(int layers, (string Shared, string Own) names)
    {
        var name = text.Config.Flag("share_att_key", false) ? names.Shared : names.Own;
        var graph = new GraphBuilder();
        var inner = new NetworkGraph(graph, text.Config, text.Weights, new NetworkOutputs(graph, []));
        var table = graph.Weight(text.Weights.Get("encoder.rel_embeddings.weight", rows, encoder.Hidden));
        if (text.Config.Texts("norm_rel_ebd")?.Contains("layer_norm") == true)
        {
            table = inner.LayerNorm(table, "encoder.LayerNorm", encoder.Hidden, encoder.Epsilon);
        }

        var results =
            graph.Evaluate([.. Enumerable.Range(0, layers).Select(i => Layer(inner, table, $"encoder.layer.{i}.attention.self.{name}"))]);
        return Array.ConvertAll(results, values => text.Graph.Weight<float>(values, encoder.Heads, encoder.Hidden / encoder.Heads, rows));
    }

    /// <summary>The table row of each distance (position of the key minus position of the query), from the most negative on.</summary>
    /// <param name="span">Rows on each side.</param>
    /// <param name="furthest">The distance of the last bucket.</param>
    /// <param name="logarithmic">Whether distances share logarithmic buckets.</param>
    public static int[] Buckets(int span, int furthest, bool logarithmic)
    {
        if (logarithmic && (span < 4 || furthest - 1 <= span / 2))
        {
            throw new InvalidDataException($"config.json: {span} position buckets for distances up to {furthest} are inconsistent.");
        }

        var largest = Math.Max(span, furthest);
        var buckets = new int[(2 * largest) + 1];
        for (var i = 0; i < buckets.Length; i++)
        {
            var distance = largest - i;
            buckets[i] = Math.Clamp((logarithmic ? Bucket(distance, span, furthest) : distance) + span, 0, (2 * span) - 1);
        }

        return buckets;
    }

    // In float32 and in the reference's order of operations, because bucket boundaries depend on rounding.
    private static int Bucket(int distance, int span, int furthest)
    {
        var (middle, away) = (span / 2, Math.Abs(distance));
        if (away <= middle)
        {
            return distance;
        }

        var wide = MathF.Ceiling(MathF.Log((float)away / middle) / MathF.Log((float)((furthest - 1.0) / middle)) * (middle - 1)) + middle;
        return Math.Sign(distance) * (int)wide;
    }

    private string Layer(NetworkGraph inner, string table, string name)
    {
        var size = encoder.Hidden / encoder.Heads;
        var keys = inner.Graph.Add("Mul", [inner.Linear(table, name, encoder.Hidden, encoder.Hidden), inner.Graph.Scalar(scale)]);
        return inner.Graph.Add("Transpose", [inner.Graph.Reshape(keys, rows, encoder.Heads, size)], ("perm", new long[] { 1, 2, 0 }));
    }
}
