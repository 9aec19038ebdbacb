using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>
/// Disentangled attention (He et al. 2021, §3.1): the scores add the products of queries with the distance's key and of keys with
/// the distance's query. Distances share buckets, which widen with the distance.
/// </summary>
/// <remarks>The distances' keys and queries depend only on the checkpoint, so they are computed once, when the network is built.</remarks>
internal sealed class DisentangledAttention
{
    private readonly Attention _attention;
    private readonly string[] _keys;
    private readonly string[] _queries;
    private readonly string _byQuery;
    private readonly string _byKey;

    private DisentangledAttention(
        TextGraph text, PostNormEncoder encoder, int rows, int[] buckets, string[] keys, string[] queries, float scale)
    {
        _attention = new Attention { Heads = encoder.Heads, HeadSize = encoder.Hidden / encoder.Heads, Scale = scale };
        (_keys, _queries) = (keys, queries);

        // The index of the score of query i and key j among the scores of query i (or key j) with all buckets.
        var graph = text.Graph;
        var bucket = graph.Add(
            "Gather", [graph.Constant(Array.ConvertAll(buckets, b => (long)b)), text.Distances.Clipped(buckets.Length / 2)]);
        var start = graph.Add("Mul", [text.Distances.Positions, graph.Scalar((long)rows)]);
        _byKey = graph.Add("Add", [start, bucket]);
        _byQuery = graph.Add("Add", [graph.Add("Unsqueeze", [start, graph.Constant(1L)]), bucket]);
    }

    /// <summary>Reads config.json and computes the distances' keys and queries of all layers.</summary>
    /// <exception cref="InvalidDataException">A number is out of range, or a tensor is missing.</exception>
    /// <exception cref="NotSupportedException">The attention has another type.</exception>
    public static DisentangledAttention Read(TextGraph text, PostNormEncoder encoder, int layers)
    {
        var config = text.Config;
        var kinds = config.Texts("pos_att_type") ?? [];
        if (!config.Flag("relative_attention", false) || kinds.Length == 0 || kinds.Any(kind => kind is not ("c2p" or "p2c")))
        {
            throw new NotSupportedException(
                "config.json asks for a DeBERTa without relative attention, or with another \"pos_att_type\" than c2p and p2c, "
                + "which is not supported.");
        }

        var furthest = config.Integer("max_relative_positions", -1) >= 1
            ? config.Distance("max_relative_positions", 1)
            : config.Distance("max_position_embeddings", 512);
        var span = config.Integer("position_buckets", -1) > 0 ? config.Distance("position_buckets", 1) : furthest;
        var scale = 1 / MathF.Sqrt(ConfigFile.Share(encoder.Hidden, encoder.Heads) * (1f + kinds.Distinct().Count()));
        var tables = new DistanceTables(text, encoder, 2 * span, scale);
        return new DisentangledAttention(
            text, encoder, 2 * span, DistanceTables.Buckets(span, furthest, config.Integer("position_buckets", -1) > 0),
            kinds.Contains("c2p") ? tables.Compute(layers, ("key_proj", "pos_key_proj")) : [],
            kinds.Contains("p2c") ? tables.Compute(layers, ("query_proj", "pos_query_proj")) : [],
            scale);
    }

    /// <summary>Writes the attention of layer <paramref name="layer"/>: [batch, length, hidden] each.</summary>
    public string Write(TextGraph text, int layer, string query, string key, string value)
    {
        var graph = text.Graph;
        var toPosition = _keys.Length > 0 ? Scores(graph, query, _keys[layer], _byQuery) : null;
        var toContent = _queries.Length > 0 ? Scores(graph, key, _queries[layer], _byKey) : null;
        var scores = toPosition is null ? toContent : toContent is null ? toPosition : graph.Add("Add", [toPosition, toContent]);
        return _attention.Write(graph, query, key, value, text.Mask32, scores);
    }

    // Each vector times all buckets, then for each pair the bucket of its distance: [batch, heads, length, length].
    private string Scores(GraphBuilder graph, string x, string table, string places)
    {
        var byHead = graph.Add(
            "Transpose", [graph.Reshape(x, 0, 0, _attention.Heads, _attention.HeadSize)], ("perm", new long[] { 0, 2, 1, 3 }));
        var all = graph.Add("MatMul", [byHead, table]);
        return graph.Add("Gather", [graph.Reshape(all, 0, 0, -1), places], ("axis", 2L));
    }
}
