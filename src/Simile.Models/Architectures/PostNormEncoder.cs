using Simile.Models.Checkpoints;

namespace Simile.Models.Architectures;

/// <summary>A family's names for the parts of a layer, after the layer's prefix. Each part has weight and bias.</summary>
internal sealed record PostNormNames(
    string Query, string Key, string Value, string Output, string AttentionNorm, string Up, string Down, string Norm)
{
    /// <summary>BERT's names, which most descendants use.</summary>
    public static PostNormNames Bert { get; } = new(
        "attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense", "attention.output.LayerNorm",
        "intermediate.dense", "output.dense", "output.LayerNorm");
}

/// <summary>
/// The encoder of "Attention Is All You Need" as in BERT: attention, then the norm of the sum; two linear layers, then the norm of the sum.
/// </summary>
internal sealed record PostNormEncoder(PostNormNames Names)
{
    /// <summary>Components of a token's vector.</summary>
    public required int Hidden { get; init; }

    /// <summary>Attention heads, which share them.</summary>
    public required int Heads { get; init; }

    /// <summary>Components between the two linear layers.</summary>
    public required int Wide { get; init; }

    /// <summary>The activation between them.</summary>
    public required string Activation { get; init; }

    /// <summary>Epsilon of the layer norms.</summary>
    public required float Epsilon { get; init; }

    /// <summary>Reads the sizes by BERT's names.</summary>
    /// <param name="config">The file.</param>
    /// <param name="names">The family's names.</param>
    /// <param name="epsilon">The default epsilon of the norms.</param>
    /// <exception cref="InvalidDataException">A number is missing or out of range.</exception>
    /// <exception cref="NotSupportedException">The layers have another type.</exception>
    public static PostNormEncoder Read(ConfigFile config, PostNormNames names, float epsilon = 1e-12f)
    {
        config.Only("position_embedding_type", "absolute");
        config.Off("is_decoder");
        return new(names)
        {
            Hidden = config.Size("hidden_size"),
            Heads = config.Size("num_attention_heads"),
            Wide = config.Size("intermediate_size"),
            Activation = config.Text("hidden_act", "gelu"),
            Epsilon = config.Positive("layer_norm_eps", epsilon),
        };
    }

    /// <summary>Writes one layer.</summary>
    /// <param name="text">Receives the nodes.</param>
    /// <param name="x">[batch, length, hidden].</param>
    /// <param name="prefix">The layer's prefix, with its final dot.</param>
    /// <param name="scores">Added to the attention's scaled products; null for none.</param>
    public string Layer(TextGraph text, string x, string prefix, string? scores = null)
    {
        var attention = new Attention { Heads = Heads, HeadSize = ConfigFile.Share(Hidden, Heads) };
        var context = attention.Write(
            text.Graph,
            Product(text, x, prefix + Names.Query, Hidden, Hidden),
            Product(text, x, prefix + Names.Key, Hidden, Hidden),
            Product(text, x, prefix + Names.Value, Hidden, Hidden),
            text.Mask32,
            scores,
            Biases(text, prefix));
        return FeedForward(text, Add(text, x, context, prefix + Names.Output, prefix + Names.AttentionNorm, Hidden), prefix);
    }

    /// <summary>The part after the attention.</summary>
    public string FeedForward(TextGraph text, string x, string prefix) =>
        Add(text, x, text.Linear(x, prefix + Names.Up, Wide, Hidden, Activation), prefix + Names.Down, prefix + Names.Norm, Wide);

    /// <summary>The norm of <paramref name="x"/> + Linear(<paramref name="update"/>).</summary>
    public string Add(TextGraph text, string x, string update, string linear, string norm, int input) => text.Graph.SkipLayerNorm(
        Product(text, update, linear, Hidden, input),
        x,
        text.Weights.Get(linear + ".bias", Hidden),
        text.Weights.Get(norm + ".weight", Hidden),
        text.Weights.Get(norm + ".bias", Hidden),
        Epsilon);

    private static string Product(TextGraph text, string x, string name, int output, int input) =>
        text.Graph.MatMul(x, text.Weights.Get(name + ".weight", output, input));

    private string Biases(TextGraph text, string prefix)
    {
        Tensor Bias(string name) => text.Weights.Get($"{prefix}{name}.bias", Hidden);
        return text.Graph.Weight<float>(
            (float[])[.. Bias(Names.Query).ToFloats().Span, .. Bias(Names.Key).ToFloats().Span, .. Bias(Names.Value).ToFloats().Span],
            3L * Hidden);
    }
}
