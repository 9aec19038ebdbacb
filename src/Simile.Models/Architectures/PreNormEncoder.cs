using Simile.Models.Checkpoints;

namespace Simile.Models.Architectures;

/// <summary>A family's names for the parts of a layer, after the layer's prefix.</summary>
internal sealed record PreNormNames(
    string AttentionNorm, string Query, string Key, string Value, string Output, string Norm, string Up, string Down)
{
    /// <summary>LayerScale: component-wise factors of the attention's result, if the checkpoint has them.</summary>
    public string AttentionScale { get; init; } = "layer_scale1.lambda1";

    /// <summary>LayerScale of the second half.</summary>
    public string Scale { get; init; } = "layer_scale2.lambda1";

    /// <summary>ViT's names in transformers.</summary>
    public static PreNormNames Vit { get; } = new(
        "layernorm_before", "attention.attention.query", "attention.attention.key", "attention.attention.value", "attention.output.dense",
        "layernorm_after", "intermediate.dense", "output.dense");

    /// <summary>CLIP's names, and SigLIP's.</summary>
    public static PreNormNames Clip { get; } = new(
        "layer_norm1", "self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj",
        "self_attn.out_proj", "layer_norm2", "mlp.fc1", "mlp.fc2");

    /// <summary>Whisper's names.</summary>
    public static PreNormNames Whisper { get; } = new(
        "self_attn_layer_norm", "self_attn.q_proj", "self_attn.k_proj",
        "self_attn.v_proj", "self_attn.out_proj", "final_layer_norm", "fc1", "fc2");

    /// <summary>Wav2Vec2's names.</summary>
    public static PreNormNames Wav2Vec2 { get; } = new(
        "layer_norm", "attention.q_proj", "attention.k_proj", "attention.v_proj", "attention.out_proj",
        "final_layer_norm", "feed_forward.intermediate_dense", "feed_forward.output_dense");
}

/// <summary>
/// An encoder with pre-norm layers: x + Attention(norm(x)), then x + Linear(activation(Linear(norm(x)))).
/// </summary>
/// <remarks>
/// Xiong et al., "On Layer Normalization in the Transformer Architecture" (2020). Linear layers have a bias if the checkpoint has one.
/// </remarks>
internal sealed record PreNormEncoder(PreNormNames Names)
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

    /// <summary>
    /// Replaces the two linear layers: from the normalized input and the layer's prefix to the result. Null: the linear layers.
    /// </summary>
    public Func<NetworkGraph, string, string, string>? Unit { get; init; }

    /// <summary>Whether norms come first. Otherwise each norm follows its sum.</summary>
    public bool NormsFirst { get; init; } = true;

    /// <summary>Whether attention is causal.</summary>
    public bool Causal { get; init; }

    /// <summary>Rotates queries and keys by position; null for none.</summary>
    public Func<string, string>? Rotate { get; init; }

    /// <summary>Writes one layer.</summary>
    /// <param name="network">Receives the nodes.</param>
    /// <param name="x">[batch, length, hidden].</param>
    /// <param name="prefix">The layer's prefix, with its final dot.</param>
    /// <param name="mask">int32 [batch, length], 0 for masked tokens; null for no mask.</param>
    /// <param name="scores">Added to the attention's scaled products; null for none.</param>
    public string Layer(NetworkGraph network, string x, string prefix, string? mask = null, string? scores = null)
    {
        x = Half(network, x, prefix + Names.AttentionNorm, y =>
            Scaled(network, Attend(network, y, prefix, mask, scores), prefix + Names.AttentionScale));
        return Half(network, x, prefix + Names.Norm, y => Scaled(network, FeedForward(network, y, prefix), prefix + Names.Scale));
    }

    /// <summary>Writes only the attention.</summary>
    public string Attend(NetworkGraph network, string x, string prefix, string? mask, string? scores)
    {
        var attention = new Attention { Heads = Heads, HeadSize = ConfigFile.Share(Hidden, Heads), Causal = Causal };
        string Part(string name) => Linear(network, x, prefix + name, Hidden, Hidden);
        var (query, key) = (Part(Names.Query), Part(Names.Key));
        if (Rotate is not null)
        {
            (query, key) = (Rotate(query), Rotate(key));
        }

        return Linear(
            network, attention.Write(network.Graph, query, key, Part(Names.Value), mask, scores), prefix + Names.Output, Hidden, Hidden);
    }

    /// <summary>Writes only the two linear layers.</summary>
    public string FeedForward(NetworkGraph network, string x, string prefix) => Unit is { } unit ? unit(network, x, prefix)
        : Linear(network, Linear(network, x, prefix + Names.Up, Wide, Hidden, Activation), prefix + Names.Down, Hidden, Wide);

    private string Half(NetworkGraph network, string x, string norm, Func<string, string> half)
    {
        string Norm(string y) => network.LayerNorm(y, norm, Hidden, Epsilon);
        return NormsFirst
            ? network.Graph.Add("Add", [x, half(Norm(x))])
            : Norm(network.Graph.Add("Add", [x, half(x)]));
    }

    private static string Linear(NetworkGraph network, string x, string name, int output, int input, string activation = "linear") =>
        network.Linear(x, name, output, input, activation, network.Weights.Has(name + ".bias"));

    private string Scaled(NetworkGraph network, string x, string scale) =>
        network.Weights.Has(scale) ? network.Graph.Add("Mul", [x, network.Graph.Weight(network.Weights.Get(scale, Hidden))]) : x;
}
