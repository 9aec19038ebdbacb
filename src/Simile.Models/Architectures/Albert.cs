namespace Simile.Models.Architectures;

/// <summary>ALBERT (Lan et al. 2020): few groups of layers, each run many times; narrow embeddings.</summary>
internal static class Albert
{
    private static readonly PostNormNames Names = new(
        "attention.query", "attention.key", "attention.value", "attention.dense",
        "attention.LayerNorm", "ffn", "ffn_output", "full_layer_layer_norm");

    private static readonly MaskedLanguageNames Language =
        new("predictions.dense", "predictions.LayerNorm", "predictions.decoder", "predictions.bias");

    /// <summary>Writes the whole network.</summary>
    public static void Build(TextGraph text)
    {
        var config = text.Config;
        var encoder = PostNormEncoder.Read(config, Names);
        var (hidden, layers, width) = (encoder.Hidden, config.Layers("num_hidden_layers"), config.Size("embedding_size"));
        var x = BertEmbeddings.Write(
            text, width, config.Size("max_position_embeddings"), config.Integer("type_vocab_size", 2), encoder.Epsilon);
        x = text.Linear(x, "encoder.embedding_hidden_mapping_in", hidden, width);
        x = text.Layers(x, layers, hidden, (x, i) => Group(text, encoder, x, i, layers));
        text.LastHiddenState(x, layers, hidden);

        TextHeads.Pooler(text, x, "pooler", hidden);
        TextHeads.Classify(text, x, hidden, "pooler", "tanh", "classifier");
        TextHeads.MaskedLanguage(
            text, x, Language, "embeddings.word_embeddings.weight", (hidden, width), encoder.Activation, encoder.Epsilon);
    }

    // Layer i of n belongs to group ⌊i · groups / n⌋, whose inner layers all run.
    private static string Group(TextGraph text, PostNormEncoder encoder, string x, int layer, int layers)
    {
        var group = (int)((long)layer * (text.Config.OptionalSize("num_hidden_groups") ?? 1) / layers);
        var inner = text.Config.OptionalSize("inner_group_num") ?? 1;
        for (var i = 0; i < inner; i++)
        {
            x = encoder.Layer(text, x, $"encoder.albert_layer_groups.{group}.albert_layers.{i}.");
        }

        return x;
    }
}
