namespace Simile.Models.Architectures;

/// <summary>ELECTRA's discriminator (Clark et al. 2020): BERT without pooler, whose embeddings may be narrower than its layers.</summary>
internal static class Electra
{
    private static readonly MaskedLanguageNames Language =
        new("generator_predictions.dense", "generator_predictions.LayerNorm", "generator_lm_head");

    /// <summary>Writes the whole network.</summary>
    public static void Build(TextGraph text)
    {
        var config = text.Config;
        var encoder = PostNormEncoder.Read(config, PostNormNames.Bert);
        var (hidden, layers) = (encoder.Hidden, config.Layers("num_hidden_layers"));
        var width = config.OptionalSize("embedding_size") ?? hidden;
        var x = BertEmbeddings.Write(
            text, width, config.Size("max_position_embeddings"), config.Integer("type_vocab_size", 2), encoder.Epsilon);
        x = width == hidden ? x : text.Linear(x, "embeddings_project", hidden, width);
        x = text.Layers(x, layers, hidden, (x, i) => encoder.Layer(text, x, $"encoder.layer.{i}."));
        text.LastHiddenState(x, layers, hidden);

        TextHeads.Classify(text, x, hidden, "classifier.dense", "gelu", "classifier.out_proj");
        TextHeads.MaskedLanguage(text, x, Language, "embeddings.word_embeddings.weight", (hidden, width), "gelu", encoder.Epsilon);
    }
}
