namespace Simile.Models.Architectures;

/// <summary>Qwen2 (Yang et al. 2024): LLaMA with biases in queries, keys and values.</summary>
internal static class Qwen2
{
    /// <summary>Writes the whole network.</summary>
    public static void Build(TextGraph text) => (Decoder.Read(text.Config) with { AttentionBias = true }).Near(text.Config).Write(text);

    /// <summary>Layers from max_window_layers on have a sliding window if the file switches it on.</summary>
    public static Decoder Near(this Decoder decoder, ConfigFile config)
    {
        if (!config.Flag("use_sliding_window", false) || config.OptionalSize("sliding_window") is not { } window)
        {
            return decoder;
        }

        var first = config.Integer("max_window_layers", 28);
        var kinds = LayerKinds.Read(config, decoder.Layers, i => i >= first ? "sliding_attention" : "full_attention");
        return decoder with { IsNear = i => kinds[i] == "sliding_attention", Window = window - 1 };
    }
}
