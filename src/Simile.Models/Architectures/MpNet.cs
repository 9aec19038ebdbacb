namespace Simile.Models.Architectures;

/// <summary>
/// MPNet (Song et al. 2020): BERT without token types, with RoBERTa's positions and a bias per distance that all layers share.
/// </summary>
internal static class MpNet
{
    // The reference ignores two fields of config.json: padding is always id 1, and there are always 32 buckets.
    private const int Padding = 1;
    private const int Buckets = 32;
    private const int FurthestDistance = 128;

    private static readonly PostNormNames Names = new(
        "attention.attn.q", "attention.attn.k", "attention.attn.v", "attention.attn.o",
        "attention.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm");

    private static readonly MaskedLanguageNames Language = new("lm_head.dense", "lm_head.layer_norm", "lm_head.decoder", "lm_head.bias");

    /// <summary>Positions without a token: counting starts after the padding id.</summary>
    public static int UnusedPositions(ConfigFile config) => Padding + 1;

    /// <summary>Writes the whole network.</summary>
    public static void Build(TextGraph text)
    {
        var config = text.Config;
        var encoder = PostNormEncoder.Read(config, Names);
        var (hidden, layers) = (encoder.Hidden, config.Layers("num_hidden_layers"));
        var x = BertEmbeddings.Write(
            text, hidden, config.Size("max_position_embeddings"), types: 0, encoder.Epsilon, BertEmbeddings.PlacesBehindPadding(
                text, Padding));
        var bias = RelativeBias.Write(text, BiasTable(text, encoder.Heads), Buckets, FurthestDistance);
        x = text.Layers(x, layers, hidden, (x, i) => encoder.Layer(text, x, $"encoder.layer.{i}.", bias));
        text.LastHiddenState(x, layers, hidden);

        TextHeads.Pooler(text, x, "pooler.dense", hidden);
        TextHeads.Classify(text, x, hidden, "classifier.dense", "tanh", "classifier.out_proj");
        TextHeads.MaskedLanguage(text, x, Language, "embeddings.word_embeddings.weight", (hidden, hidden), "gelu", encoder.Epsilon);
    }

    private static Checkpoints.Tensor BiasTable(TextGraph text, int heads)
    {
        var rows = text.Config.OptionalSize("relative_attention_num_buckets") ?? Buckets;
        return rows >= Buckets ? text.Weights.Get("encoder.relative_attention_bias.weight", rows, heads)
            : throw new InvalidDataException(
                $"config.json: \"relative_attention_num_buckets\" is {rows}, but the network always uses {Buckets}.");
    }
}
