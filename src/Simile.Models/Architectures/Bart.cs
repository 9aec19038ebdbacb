namespace Simile.Models.Architectures;

/// <summary>
/// The encoders of BART (Lewis et al. 2020) and Marian (Junczys-Dowmunt et al. 2018), alone or out of an encoder-decoder. Both have the
/// layers of "Attention Is All You Need"; BART learns its positions and norms the embeddings, Marian's positions are sines.
/// </summary>
internal static class Bart
{
    // Fixed in the reference.
    private const float Epsilon = 1e-5f;

    // The first rows of BART's position table belong to no token.
    private const int PositionOffset = 2;

    private static readonly PostNormNames Names = new(
        "self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.out_proj",
        "self_attn_layer_norm", "fc1", "fc2", "final_layer_norm");

    /// <summary>Writes BART's encoder.</summary>
    public static void Build(TextGraph text)
    {
        text.Config.Off("static_position_embeddings");
        var (hidden, places) = (text.Config.Size("d_model"), text.Config.Size("max_position_embeddings"));
        var table = text.Weights.Get("encoder.embed_positions.weight", places + PositionOffset, hidden).Rows(PositionOffset, places);
        var x = text.Graph.Add("Add", [Words(text, hidden), text.Embedding(text.Distances.Positions, table)]);
        Encode(text, text.LayerNorm(x, "encoder.layernorm_embedding", hidden, Epsilon), hidden);
    }

    /// <summary>Writes Marian's encoder.</summary>
    public static void BuildMarian(TextGraph text)
    {
        text.Config.Off("normalize_embedding");
        var (hidden, places) = (text.Config.Size("d_model"), text.Config.Distance("max_position_embeddings", 0));
        var words = Words(text, hidden); // its table confirms the width
        var table = text.Graph.Weight<float>(SinePositions.Table(places, hidden), places, hidden);
        var x = text.Graph.Add("Add", [words, text.Graph.Add("Gather", [table, text.Distances.Positions])]);
        Encode(text, x, hidden);
    }

    private static string Words(TextGraph text, int hidden)
    {
        var name = text.Weights.Choose("encoder.embed_tokens.weight", "shared.weight");
        var words = text.Embedding(text.Ids, text.Weights.Get(name, text.Config.Size("vocab_size"), hidden));
        return text.Config.Flag("scale_embedding", false) ? text.Graph.Add("Mul", [words, text.Graph.Scalar(MathF.Sqrt(hidden))]) : words;
    }

    private static void Encode(TextGraph text, string x, int hidden)
    {
        var config = text.Config;
        config.Off("normalize_before", "add_final_layer_norm");
        var encoder = new PostNormEncoder(Names)
        {
            Hidden = hidden,
            Heads = config.Size("encoder_attention_heads"),
            Wide = config.Size("encoder_ffn_dim"),
            Activation = config.Text("activation_function", "gelu"),
            Epsilon = Epsilon,
        };
        var layers = config.Layers("encoder_layers");
        text.LastHiddenState(text.Layers(x, layers, hidden, (x, i) => encoder.Layer(text, x, $"encoder.layers.{i}.")), layers, hidden);
    }
}
