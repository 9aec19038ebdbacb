namespace Simile.Models.Architectures;

/// <summary>DeBERTa v2 and v3 (He et al. 2021): BERT with disentangled attention to words and distances.</summary>
internal static class DebertaV2
{
    private static readonly PostNormNames Names = PostNormNames.Bert with
    {
        Query = "attention.self.query_proj",
        Key = "attention.self.key_proj",
        Value = "attention.self.value_proj",
    };

    private static readonly MaskedLanguageNames Language =
        new("cls.predictions.transform.dense", "cls.predictions.transform.LayerNorm", "cls.predictions.decoder", "cls.predictions.bias");

    /// <summary>Writes the whole network.</summary>
    public static void Build(TextGraph text)
    {
        var config = text.Config;
        if (config.Integer("conv_kernel_size", 0) > 0)
        {
            throw new NotSupportedException(
                "config.json asks for a DeBERTa with a convolution (\"conv_kernel_size\"), which is not supported.");
        }

        var encoder = PostNormEncoder.Read(config, Names, epsilon: 1e-7f);
        config.Only("attention_head_size", ConfigFile.Share(encoder.Hidden, encoder.Heads));
        var (hidden, layers) = (encoder.Hidden, config.Layers("num_hidden_layers"));
        var attention = DisentangledAttention.Read(text, encoder, layers);
        var x = text.Layers(Embeddings(text, encoder), layers, hidden, (x, i) => Layer(text, encoder, attention, x, i));
        text.LastHiddenState(x, layers, hidden);

        var activation = config.Text("pooler_hidden_act", "gelu");
        TextHeads.Pooler(text, x, "pooler.dense", hidden, activation);
        TextHeads.Classify(text, x, hidden, "pooler.dense", activation, "classifier");
        TextHeads.MaskedLanguage(
            text, x, Language, "embeddings.word_embeddings.weight", (hidden, hidden), encoder.Activation, encoder.Epsilon);
    }

    // The reference multiplies with the mask here. We do not, because the vectors of padding are never used.
    private static string Embeddings(TextGraph text, PostNormEncoder encoder)
    {
        var (config, weights) = (text.Config, text.Weights);
        var width = config.OptionalSize("embedding_size") ?? encoder.Hidden;
        var x = text.Embedding(text.Ids, weights.Get("embeddings.word_embeddings.weight", config.Size("vocab_size"), width));
        if (config.Flag("position_biased_input", true))
        {
            x = text.Graph.Add("Add", [x, text.Embedding(
                text.Distances.Positions,
                weights.Get("embeddings.position_embeddings.weight", config.Size("max_position_embeddings"), width))]);
        }

        if (config.Integer("type_vocab_size", 0) is > 0 and var types)
        {
            x = text.Graph.Add(
                "Add", [x, text.Embedding(text.Types, weights.Get("embeddings.token_type_embeddings.weight", types, width))]);
        }

        x = width == encoder.Hidden ? x : text.Linear(x, "embeddings.embed_proj", encoder.Hidden, width, bias: false);
        return text.LayerNorm(x, "embeddings.LayerNorm", encoder.Hidden, encoder.Epsilon);
    }

    private static string Layer(TextGraph text, PostNormEncoder encoder, DisentangledAttention attention, string x, int i)
    {
        var prefix = $"encoder.layer.{i}.";
        string Part(string name) => text.Linear(x, prefix + name, encoder.Hidden, encoder.Hidden);
        var context = attention.Write(text, i, Part(Names.Query), Part(Names.Key), Part(Names.Value));
        return encoder.FeedForward(
            text, encoder.Add(text, x, context, prefix + Names.Output, prefix + Names.AttentionNorm, encoder.Hidden), prefix);
    }
}
