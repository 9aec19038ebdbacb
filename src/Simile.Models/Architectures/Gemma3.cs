namespace Simile.Models.Architectures;

/// <summary>Gemma 3's text network (Gemma Team 2025), causal or, in EmbeddingGemma (Schechter Vera et al. 2025), bidirectional.</summary>
internal static class Gemma3
{
    private const string Sliding = "sliding_attention";

    /// <summary>Writes the whole network.</summary>
    public static void Build(TextGraph text)
    {
        var config = text.Config;
        config.Off("attn_logit_softcapping");
        var decoder = Decoder.Read(config);
        var (bothWays, bias) = (!decoder.Causal, config.Flag("attention_bias", false));
        var pattern = config.OptionalSize("sliding_window_pattern", "_sliding_window_pattern") ?? 6;
        var kinds = LayerKinds.Read(config, decoder.Layers, i => (i + 1) % pattern == 0 ? "full_attention" : Sliding);
        var window = config.OptionalSize("sliding_window") ?? 4096;
        decoder = decoder with
        {
            Activation = config.Text("hidden_activation", "gelu_pytorch_tanh"),
            AttentionBias = bias,
            OutputBias = bias,
            QueryKeyNorms = true,
            NormsBehind = true,
            NormOffset = 1,
            EmbeddingScale = MathF.Sqrt(decoder.Hidden),
            ScoreScale = 1 / MathF.Sqrt(config.Positive("query_pre_attn_scalar", 256)),
            Frequencies = RotaryFrequencies.Read(config, decoder.HeadSize, "rope_theta", 1_000_000, "full_attention"),
            NearFrequencies = Near(config, decoder.HeadSize),
            IsNear = i => kinds[i] == Sliding,
            // The file holds the full window. With bidirectional attention, each side has half of it.
            Window = bothWays ? window / 2 : window - 1,
            KnowsBothWaysInWindows = true,
        };
        decoder.Write(text);
    }

    // In older files, rope_scaling applies only to layers with full attention.
    private static RotaryAngles Near(ConfigFile config, int headSize) => config.Child("rope_parameters") is null
        ? new RotaryAngles(RotaryFrequencies.Plain(headSize, config.Positive("rope_local_base_freq", 10_000)))
        : RotaryFrequencies.Read(config, headSize, "rope_local_base_freq", 10_000, Sliding);
}
