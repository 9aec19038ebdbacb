namespace Simile.Models.Architectures;

/// <summary>LLaMA (Touvron et al. 2023) and Mistral (Jiang et al. 2023), which sees only so many places back.</summary>
internal static class Llama
{
    /// <summary>Writes the whole network.</summary>
    public static void Build(TextGraph text)
    {
        var config = text.Config;
        var bias = config.Flag("attention_bias", false);
        var window = config.OptionalSize("sliding_window");
        var decoder = Decoder.Read(config) with
        {
            AttentionBias = bias,
            OutputBias = bias,
            WideBias = config.Flag("mlp_bias", false),
            IsNear = _ => window is not null,
            Window = (window ?? 1) - 1,
        };
        decoder.Write(text);
    }
}
