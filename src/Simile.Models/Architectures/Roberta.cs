namespace Simile.Models.Architectures;

/// <summary>
/// RoBERTa (Liu et al. 2019), and XLM-R (Conneau et al. 2020) and CamemBERT (Martin et al. 2020), which differ only in their vocabularies.
/// </summary>
internal static class Roberta
{
    private static readonly MaskedLanguageNames Language = new("lm_head.dense", "lm_head.layer_norm", "lm_head.decoder", "lm_head.bias");

    /// <summary>Number of positions that no token has: the first token has the position after the padding id.</summary>
    public static int UnusedPositions(ConfigFile config) => Padding(config) + 1;

    /// <summary>Writes the whole network.</summary>
    public static void Build(TextGraph text)
    {
        var (x, encoder, layers) = Encode(text);
        var hidden = encoder.Hidden;
        text.LastHiddenState(x, layers, hidden);

        TextHeads.Pooler(text, x, "pooler.dense", hidden);
        TextHeads.Classify(text, x, hidden, "classifier.dense", "tanh", "classifier.out_proj");
        TextHeads.MaskedLanguage(text, x, Language, "embeddings.word_embeddings.weight", (hidden, hidden), "gelu", encoder.Epsilon);
    }

    /// <summary>Builds the embeddings and the layers. CLAP's text encoder uses them too.</summary>
    public static (string X, PostNormEncoder Encoder, int Layers) Encode(TextGraph text)
    {
        var config = text.Config;
        var encoder = PostNormEncoder.Read(config, PostNormNames.Bert);
        var (hidden, layers) = (encoder.Hidden, config.Layers("num_hidden_layers"));
        var places = BertEmbeddings.PlacesBehindPadding(text, Padding(config));
        var x = BertEmbeddings.Write(
            text, hidden, config.Size("max_position_embeddings"), config.Integer("type_vocab_size", 1), encoder.Epsilon, places);
        return (text.Layers(x, layers, hidden, (x, i) => encoder.Layer(text, x, $"encoder.layer.{i}.")), encoder, layers);
    }

    private static int Padding(ConfigFile config) =>
        config.Integer("pad_token_id", 1) is >= 0 and var padding && padding < config.Size("max_position_embeddings") - 1 ? padding
        : throw new InvalidDataException("config.json: \"pad_token_id\" leaves no position for a token.");
}
