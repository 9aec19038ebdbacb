namespace Simile.Models.Architectures;

/// <summary>
/// The encoder of T5 (Raffel et al. 2020), alone or from an encoder-decoder: pre-norm, no biases, unscaled scores, relative position bias.
/// </summary>
internal static class T5
{
    private sealed record Sizes(int Hidden, int Heads, int HeadSize, int Wide, float Epsilon)
    {
        public int Inner => Heads * HeadSize;
    }

    /// <summary>Writes the whole network.</summary>
    public static void Build(TextGraph text)
    {
        var config = text.Config;
        var sizes = new Sizes(config.Size("d_model"), config.Size("num_heads"), config.Size("d_kv"), config.Size("d_ff"), config.Positive(
            "layer_norm_epsilon", 1e-6f));
        var (hidden, layers, activation) = (sizes.Hidden, config.Layers("num_layers"), config.Text("feed_forward_proj", "relu"));
        var words = text.Weights.Choose("encoder.embed_tokens.weight", "shared.weight");

        var x = text.Embedding(text.Ids, text.Weights.Get(words, config.Size("vocab_size"), hidden));
        var bias = Bias(text, sizes.Heads);
        x = text.Layers(x, layers, hidden, (x, i) => Layer(text, x, $"encoder.block.{i}.layer.", sizes, bias, activation));
        text.LastHiddenState(text.RmsNorm(x, "encoder.final_layer_norm", hidden, sizes.Epsilon), layers, hidden);
    }

    // The first block holds the bias of all blocks.
    private static string Bias(TextGraph text, int heads)
    {
        var (buckets, furthest) = (
            text.Config.OptionalSize("relative_attention_num_buckets") ?? 32, text.Config.Distance("relative_attention_max_distance", 128));
        if (buckets < 4 || furthest <= buckets / 4)
        {
            throw new InvalidDataException($"config.json: {buckets} relative buckets for distances up to {furthest} are inconsistent.");
        }

        return RelativeBias.Write(
            text,
            text.Weights.Get("encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight", buckets, heads),
            buckets,
            furthest);
    }

    private static string Layer(TextGraph text, string x, string prefix, Sizes sizes, string bias, string activation)
    {
        var normed = text.RmsNorm(x, prefix + "0.layer_norm", sizes.Hidden, sizes.Epsilon);
        string Part(string name) => text.Linear(normed, $"{prefix}0.SelfAttention.{name}", sizes.Inner, sizes.Hidden, bias: false);
        var context = new Attention { Heads = sizes.Heads, HeadSize = sizes.HeadSize, Scale = 1 }
            .Write(text.Graph, Part("q"), Part("k"), Part("v"), text.Mask32, bias);
        x = text.Graph.Add("Add", [x, text.Linear(context, prefix + "0.SelfAttention.o", sizes.Hidden, sizes.Inner, bias: false)]);
        return text.Graph.Add("Add", [x, FeedForward(
            text, text.RmsNorm(x, prefix + "1.layer_norm", sizes.Hidden, sizes.Epsilon), prefix + "1.DenseReluDense.", sizes, activation)]);
    }

    private static string FeedForward(TextGraph text, string x, string prefix, Sizes sizes, string activation)
    {
        string Up(string name, string act) => text.Linear(x, prefix + name, sizes.Wide, sizes.Hidden, act, bias: false);
        // "gated-gelu" always meant the tanh approximation.
        var inner = activation.StartsWith("gated-", StringComparison.Ordinal)
            ? text.Graph.Gated(
                Up("wi_0", "linear"), Up("wi_1", "linear"), activation == "gated-gelu" ? "gelu_new" : activation["gated-".Length..])
            : Up("wi", activation);
        return text.Linear(inner, prefix + "wo", sizes.Hidden, sizes.Wide, bias: false);
    }
}
