namespace Simile.Models.Architectures;

/// <summary>BERT (Devlin et al. 2019) with the names of transformers' BertModel and its heads.</summary>
internal static class Bert
{
    private static readonly MaskedLanguageNames Language =
        new("cls.predictions.transform.dense", "cls.predictions.transform.LayerNorm", "cls.predictions.decoder", "cls.predictions.bias");

    /// <summary>Writes the whole network.</summary>
    public static void Build(TextGraph text)
    {
        var encoder = PostNormEncoder.Read(text.Config, PostNormNames.Bert);
        var (hidden, layers) = (encoder.Hidden, text.Config.Layers("num_hidden_layers"));
        var x = BertEmbeddings.Write(
            text, hidden, text.Config.Size("max_position_embeddings"), text.Config.Integer("type_vocab_size", 2), encoder.Epsilon);
        x = text.Layers(x, layers, hidden, (x, i) => encoder.Layer(text, x, $"encoder.layer.{i}."));
        text.LastHiddenState(x, layers, hidden);

        TextHeads.Pooler(text, x, "pooler.dense", hidden);
        TextHeads.Classify(text, x, hidden, "pooler.dense", "tanh", "classifier");
        TextHeads.MaskedLanguage(
            text, x, Language, "embeddings.word_embeddings.weight", (hidden, hidden), encoder.Activation, encoder.Epsilon);
    }
}
