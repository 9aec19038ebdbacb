namespace Simile.Models.Architectures;

/// <summary>ModernBERT (Warner et al. 2024): pre-norm, rotary positions, gated units; most layers have a sliding window.</summary>
internal static class ModernBert
{
    private const string Full = "full_attention";
    private const string Sliding = "sliding_attention";

    private sealed record Sizes(int Hidden, int Heads, int Wide, float Epsilon, bool NormBias);

    /// <summary>Writes the whole network.</summary>
    public static void Build(TextGraph text)
    {
        var config = text.Config;
        var sizes = new Sizes(
            config.Size("hidden_size"),
            config.Size("num_attention_heads"),
            config.Size("intermediate_size"),
            config.Positive("norm_eps", 1e-5f),
            config.Flag("norm_bias", false));
        var (hidden, layers) = (sizes.Hidden, config.Layers("num_hidden_layers"));
        var headSize = ConfigFile.Share(hidden, sizes.Heads);
        // A missing field means its own base; null means that of the layers with full attention.
        var local = config.Has("local_rope_theta") ? config.Positive("global_rope_theta", 160_000) : 10_000;
        var full = new Rotary(text, RotaryFrequencies.Read(config, headSize, "global_rope_theta", 160_000, Full));
        var near = new Rotary(text, RotaryFrequencies.Read(config, headSize, "local_rope_theta", local, Sliding));
        var kinds = LayerKinds.Read(
            config, layers, i => i % (config.OptionalSize("global_attn_every_n_layers") ?? 3) == 0 ? Full : Sliding);
        var window = text.Distances.Window(config.Size("local_attention") / 2);

        var x = text.Embedding(text.Ids, text.Weights.Get("embeddings.tok_embeddings.weight", config.Size("vocab_size"), hidden));
        x = text.LayerNorm(x, "embeddings.norm", hidden, sizes.Epsilon, sizes.NormBias);
        x = text.Layers(
            x, layers, hidden, (x, i) => kinds[i] == Full ? Layer(text, sizes, x, i, full, null) : Layer(text, sizes, x, i, near, window));
        x = text.LayerNorm(x, "final_norm", hidden, sizes.Epsilon, sizes.NormBias);
        text.LastHiddenState(x, layers, hidden);
        Heads(text, x, sizes);
    }

    private static string Layer(TextGraph text, Sizes sizes, string x, int i, Rotary rotary, string? window)
    {
        var prefix = $"layers.{i}.";
        // The first layer's input is already normalized.
        var normed = i == 0 ? x : text.LayerNorm(x, prefix + "attn_norm", sizes.Hidden, sizes.Epsilon, sizes.NormBias);
        x = text.Graph.Add("Add", [x, Attend(text, sizes, normed, prefix + "attn.", rotary, window)]);
        normed = text.LayerNorm(x, prefix + "mlp_norm", sizes.Hidden, sizes.Epsilon, sizes.NormBias);
        return text.Graph.Add("Add", [x, Gated(text, sizes, normed, prefix + "mlp.")]);
    }

    private static string Attend(TextGraph text, Sizes sizes, string x, string prefix, Rotary rotary, string? window)
    {
        var (hidden, size, bias) = (sizes.Hidden, sizes.Hidden / sizes.Heads, text.Config.Flag("attention_bias", false));
        string Part(int part) => text.LinearPart(x, prefix + "Wqkv", 3L * hidden, hidden, part * hidden, hidden, bias);
        var context = new Attention { Heads = sizes.Heads, HeadSize = size }.Write(
            text.Graph, rotary.Turn(Part(0), sizes.Heads, size), rotary.Turn(Part(1), sizes.Heads, size), Part(2), text.Mask32, window);
        return text.Linear(context, prefix + "Wo", hidden, hidden, bias: bias);
    }

    // One layer gives both halves; the first is the gate.
    private static string Gated(TextGraph text, Sizes sizes, string x, string prefix)
    {
        var bias = text.Config.Flag("mlp_bias", false);
        string Half(int half) => text.LinearPart(x, prefix + "Wi", 2L * sizes.Wide, sizes.Hidden, half * sizes.Wide, sizes.Wide, bias);
        var inner = text.Graph.Gated(Half(0), Half(1), text.Config.Text("hidden_activation", "gelu"));
        return text.Linear(inner, prefix + "Wo", sizes.Hidden, sizes.Wide, bias: bias);
    }

    private static void Heads(TextGraph text, string x, Sizes sizes)
    {
        var (hidden, config) = (sizes.Hidden, text.Config);
        var (activation, bias) = (config.Text("classifier_activation", "gelu"), config.Flag("classifier_bias", false));
        if (TextHeads.Classifies(text, "classifier"))
        {
            var pooled = config.Text("classifier_pooling", "cls") switch
            {
                "cls" => text.FirstToken(x),
                "mean" => text.MeanToken(x),
                var other =>
                    throw new InvalidDataException($"config.json asks for the \"classifier_pooling\" \"{other}\", which is not known."),
            };
            var dense = text.Linear(pooled, "head.dense", hidden, hidden, activation, bias);
            TextHeads.Logits(text, text.LayerNorm(dense, "head.norm", hidden, sizes.Epsilon, sizes.NormBias), hidden, "classifier");
        }

        var language = new MaskedLanguageNames("head.dense", "head.norm", "decoder") { DenseBias = bias, NormBias = sizes.NormBias };
        TextHeads.MaskedLanguage(text, x, language, "embeddings.tok_embeddings.weight", (hidden, hidden), activation, sizes.Epsilon);
    }
}
