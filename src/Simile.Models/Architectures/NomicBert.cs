namespace Simile.Models.Architectures;

/// <summary>
/// NomicBERT (Nussbaum et al. 2024): BERT with rotary positions, gated units and no biases. Reads the config.json of its authors and of
/// transformers.
/// </summary>
internal static class NomicBert
{
    /// <summary>Writes the whole network.</summary>
    public static void Build(TextGraph text)
    {
        var config = text.Config;
        RefuseOtherKinds(config);
        var (hidden, layers) = (config.Size("hidden_size", "n_embd"), config.Layers("num_hidden_layers", "n_layer"));
        var epsilon = config.Positive("layer_norm_eps", config.Positive("layer_norm_epsilon", 1e-12f));
        var heads = config.Size("num_attention_heads", "n_head");
        config.Only("head_dim", ConfigFile.Share(hidden, heads));
        var rotary = new Rotary(text, Angles(config, ConfigFile.Share(hidden, heads)));

        var x = text.Embedding(text.Ids, text.Weights.Get("embeddings.word_embeddings.weight", config.Size("vocab_size"), hidden));
        if (config.Integer("type_vocab_size", 2) is > 0 and var types)
        {
            x = text.Graph.Add(
                "Add", [x, text.Embedding(text.Types, text.Weights.Get("embeddings.token_type_embeddings.weight", types, hidden))]);
        }

        x = text.LayerNorm(x, "emb_ln", hidden, epsilon);
        x = text.Layers(x, layers, hidden, (x, i) => Layer(text, x, $"encoder.layers.{i}.", (hidden, heads), rotary, epsilon));
        text.LastHiddenState(x, layers, hidden);
    }

    private static string Layer(TextGraph text, string x, string prefix, (int Hidden, int Heads) sizes, Rotary rotary, float epsilon)
    {
        x = text.Graph.Add("Add", [x, Attend(text, x, prefix + "attn.", sizes, rotary)]);
        x = text.LayerNorm(x, prefix + "norm1", sizes.Hidden, epsilon);

        var wide = text.Config.Size("intermediate_size", "n_inner");
        var gate = text.Linear(x, prefix + "mlp.fc12", wide, sizes.Hidden, bias: false);
        var up = text.Linear(x, prefix + "mlp.fc11", wide, sizes.Hidden, bias: false);
        var down = text.Linear(
            text.Graph.Gated(gate, up, text.Config.Text("hidden_act", "silu")), prefix + "mlp.fc2", sizes.Hidden, wide, bias: false);
        return text.LayerNorm(text.Graph.Add("Add", [x, down]), prefix + "norm2", sizes.Hidden, epsilon);
    }

    private static string Attend(TextGraph text, string x, string prefix, (int Hidden, int Heads) sizes, Rotary rotary)
    {
        var (hidden, heads) = sizes;
        var size = hidden / heads;
        string Part(int part) => text.LinearPart(x, prefix + "Wqkv", 3L * hidden, hidden, part * hidden, hidden, bias: false);
        var context = new Attention { Heads = heads, HeadSize = size }.Write(
            text.Graph, rotary.Turn(Part(0), heads, size), rotary.Turn(Part(1), heads, size), Part(2), text.Mask32);
        return text.Linear(context, prefix + "out_proj", hidden, hidden, bias: false);
    }

    // The authors' layout has its own fields for "dynamic".
    private static RotaryAngles Angles(ConfigFile config, int size)
    {
        var angles = RotaryFrequencies.Read(config, size, "rotary_emb_base", 10_000);
        return config.OptionalPositive("rotary_scaling_factor") is { } factor
            ? RotaryFrequencies.Dynamic(
                angles.Frequencies,
                config.Positive("rotary_emb_base", 10_000),
                config.OptionalSize("max_trained_positions") ?? 2048,
                factor)
            : angles;
    }

    // The authors' layout also describes other networks.
    private static void RefuseOtherKinds(ConfigFile config)
    {
        config.Off(
            "qkv_proj_bias", "mlp_fc1_bias", "mlp_fc2_bias", "prenorm", "rotary_emb_interleaved",
            "rotary_emb_scale_base", "num_experts", "causal", "is_decoder",
            "parallel_block", "use_rms_norm", "scale_attn_by_inverse_layer_idx");
        config.Only("activation_function", "swiglu");
        if (config.Positive("rotary_emb_fraction", 1) < 1 || !config.Flag("scale_attn_weights", true))
        {
            throw new NotSupportedException(
                "config.json asks for a NomicBERT with partly rotary heads or unscaled attention, which is not supported.");
        }
    }
}
