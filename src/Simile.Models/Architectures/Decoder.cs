namespace Simile.Models.Architectures;

/// <summary>
/// The decoder that large language models share, used as an embedding model: pre-norm, rotary positions, grouped key heads, gated units.
/// The properties hold what differs between families. All families use LLaMA's names.
/// </summary>
internal sealed partial record Decoder
{
    /// <summary>Components of a token's vector.</summary>
    public required int Hidden { get; init; }

    /// <summary>Number of layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Number of query heads.</summary>
    public required int Heads { get; init; }

    /// <summary>Number of key and value heads.</summary>
    public required int KeyHeads { get; init; }

    /// <summary>Components per head. Not always hidden / heads.</summary>
    public required int HeadSize { get; init; }

    /// <summary>Components of the gated unit.</summary>
    public required int Wide { get; init; }

    /// <summary>Epsilon of the norms.</summary>
    public required float Epsilon { get; init; }

    /// <summary>The gate's activation.</summary>
    public required string Activation { get; init; }

    /// <summary>Whether attention is causal.</summary>
    public required bool Causal { get; init; }

    /// <summary>Whether queries, keys and values have biases.</summary>
    public bool AttentionBias { get; init; }

    /// <summary>Whether the attention's output layer has a bias.</summary>
    public bool OutputBias { get; init; }

    /// <summary>Whether the gated unit has biases.</summary>
    public bool WideBias { get; init; }

    /// <summary>Whether each head's query and key are normalized (Dehghani et al. 2023).</summary>
    public bool QueryKeyNorms { get; init; }

    /// <summary>Whether attention and gated unit are also followed by a norm, as in Gemma 2 and 3.</summary>
    public bool NormsBehind { get; init; }

    /// <summary>Added to the norms' weights: 1 in Gemma.</summary>
    public float NormOffset { get; init; }

    /// <summary>The scale of the word embeddings.</summary>
    public float EmbeddingScale { get; init; } = 1;

    /// <summary>The scale of the scores; null for 1 / √<see cref="HeadSize"/>.</summary>
    public float? ScoreScale { get; init; }

    /// <summary>Whether layer i sees only keys at most <see cref="Window"/> positions away.</summary>
    public Func<int, bool> IsNear { get; init; } = _ => false;

    /// <summary>The window of such a layer.</summary>
    public int Window { get; init; }

    /// <summary>Whether the window of such a layer is defined for bidirectional attention.</summary>
    public bool KnowsBothWaysInWindows { get; init; }

    /// <summary>The rotary positions of layers with full attention.</summary>
    public required RotaryAngles Frequencies { get; init; }

    /// <summary>The rotary positions of the other layers, if they differ.</summary>
    public RotaryAngles? NearFrequencies { get; init; }

    /// <summary>Reads the fields that all families share.</summary>
    /// <exception cref="InvalidDataException">A number is missing or out of range.</exception>
    public static Decoder Read(ConfigFile config)
    {
        var (hidden, heads) = (config.Size("hidden_size"), config.Size("num_attention_heads"));
        var keyHeads = config.OptionalSize("num_key_value_heads") ?? heads;
        if (heads % keyHeads != 0)
        {
            throw new InvalidDataException($"config.json: {heads} attention heads cannot be divided evenly among {keyHeads} key heads.");
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
