namespace Simile.Models.Architectures;

/// <summary>LLaMA (Touvron et al. 2023) and Mistral (Jiang et al. 2023), which has a sliding window.</summary>
internal static class Llama
{
    /// <summary>Writes LLaMA, with full causal attention.</summary>
    public static void Build(TextGraph text) => Write(text, null);

    /// <summary>Writes Mistral. If the file has no window field, the window is 4,096.</summary>
    public static void BuildMistral(TextGraph text) =>
        Write(text, text.Config.Has("sliding_window") ? text.Config.OptionalSize("sliding_window") : 4096);

    private static void Write(TextGraph text, int? window)
    {
        var config = text.Config;
        var bias = config.Flag("attention_bias", false);
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
