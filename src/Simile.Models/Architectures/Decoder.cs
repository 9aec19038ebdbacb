namespace Simile.Models.Architectures;

/// <summary>
/// The decoder that large language models share, as an embedding model: norms in front, rotary positions, shared key heads, gated units.
/// What differs from family to family is here; the rest is in the names, which all of them took from LLaMA.
/// </summary>
internal sealed partial record Decoder
{
    /// <summary>Components of a token's vector.</summary>
    public required int Hidden { get; init; }

    /// <summary>Number of layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Heads of the queries.</summary>
    public required int Heads { get; init; }

    /// <summary>Heads of keys and values.</summary>
    public required int KeyHeads { get; init; }

    /// <summary>Components of a head: not always hidden / heads.</summary>
    public required int HeadSize { get; init; }

    /// <summary>Components of the gated unit.</summary>
    public required int Wide { get; init; }

    /// <summary>Of the norms.</summary>
    public required float Epsilon { get; init; }

    /// <summary>The gate's activation.</summary>
    public required string Activation { get; init; }

    /// <summary>Whether a token sees only what stands before it.</summary>
    public required bool Causal { get; init; }

    /// <summary>Whether queries, keys and values have biases.</summary>
    public bool AttentionBias { get; init; }

    /// <summary>Whether what leaves the attention has one.</summary>
    public bool OutputBias { get; init; }

    /// <summary>Whether the gated unit has them.</summary>
    public bool WideBias { get; init; }

    /// <summary>Whether each head's query and key are normed (Dehghani et al. 2023).</summary>
    public bool QueryKeyNorms { get; init; }

    /// <summary>Whether attention and gated unit have a norm behind them too, as Gemma 2 and 3 have.</summary>
    public bool NormsBehind { get; init; }

    /// <summary>What is added to the norms' weights: 1 in Gemma.</summary>
    public float NormOffset { get; init; }

    /// <summary>What the words' vectors are multiplied by.</summary>
    public float EmbeddingScale { get; init; } = 1;

    /// <summary>What the products of queries and keys are multiplied by; null for 1 / √<see cref="HeadSize"/>.</summary>
    public float? ScoreScale { get; init; }

    /// <summary>Whether layer i sees only keys at most <see cref="Window"/> places away.</summary>
    public Func<int, bool> IsNear { get; init; } = _ => false;

    /// <summary>How far such a layer sees.</summary>
    public int Window { get; init; }

    /// <summary>Whether it is known how far such a layer sees in a network that looks both ways.</summary>
    public bool KnowsBothWaysInWindows { get; init; }

    /// <summary>How places turn the heads of the layers that see everything.</summary>
    public required RotaryAngles Frequencies { get; init; }

    /// <summary>Those of the others, where they differ.</summary>
    public RotaryAngles? NearFrequencies { get; init; }

    /// <summary>Reads what all families call the same.</summary>
    /// <exception cref="InvalidDataException">A number is missing or makes no network.</exception>
    public static Decoder Read(ConfigFile config)
    {
        var (hidden, heads) = (config.Size("hidden_size"), config.Size("num_attention_heads"));
        var keyHeads = config.OptionalSize("num_key_value_heads") ?? heads;
        if (heads % keyHeads != 0)
        {
            throw new InvalidDataException($"config.json: {heads} attention heads cannot share {keyHeads} key heads evenly.");
        }

        var headSize = config.OptionalSize("head_dim") ?? ConfigFile.Share(hidden, heads);
        return new Decoder
        {
            Hidden = hidden,
            Layers = config.Layers("num_hidden_layers"),
            Heads = heads,
            KeyHeads = keyHeads,
            HeadSize = headSize,
            Wide = config.Size("intermediate_size"),
            Epsilon = config.Positive("rms_norm_eps", 1e-6f),
            Activation = config.Text("hidden_act", "silu"),
            Causal = AttentionDirection.IsCausal(config),
            Frequencies = RotaryFrequencies.Read(config, headSize, "rope_theta", 10_000),
        };
    }
}
