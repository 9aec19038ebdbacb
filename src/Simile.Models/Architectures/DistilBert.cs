namespace Simile.Models.Architectures;

/// <summary>DistilBERT (Sanh et al. 2019): BERT without token types and pooler, with other names.</summary>
internal static class DistilBert
{
    // Fixed in the reference; not in config.json.
    private const float Epsilon = 1e-12f;

    private static readonly PostNormNames Names = new(
        "attention.q_lin", "attention.k_lin", "attention.v_lin", "attention.out_lin",
        "sa_layer_norm", "ffn.lin1", "ffn.lin2", "output_layer_norm");

    private static readonly MaskedLanguageNames Language = new("vocab_transform", "vocab_layer_norm", "vocab_projector");

    /// <summary>Writes the whole network.</summary>
    public static void Build(TextGraph text)
    {
        var config = text.Config;
        var (hidden, layers) = (config.Size("dim"), config.Layers("n_layers"));
        var encoder = new PostNormEncoder(Names)
        {
            Hidden = hidden,
            Heads = config.Size("n_heads"),
            Wide = config.Size("hidden_dim"),
            Activation = config.Text("activation", "gelu"),
            Epsilon = Epsilon,
        };
        var x = BertEmbeddings.Write(text, hidden, config.Size("max_position_embeddings"), types: 0, Epsilon);
        x = text.Layers(x, layers, hidden, (x, i) => encoder.Layer(text, x, $"transformer.layer.{i}."));
        text.LastHiddenState(x, layers, hidden);

        TextHeads.Classify(text, x, hidden, "pre_classifier", "relu", "classifier");
        TextHeads.MaskedLanguage(text, x, Language, "embeddings.word_embeddings.weight", (hidden, hidden), encoder.Activation, Epsilon);
    }
}
