namespace Simile.Models.Architectures;

/// <summary>Qwen3 (Yang et al. 2025): LLaMA with normalized queries and keys in each head.</summary>
internal static class Qwen3
{
    /// <summary>Writes the whole network.</summary>
    public static void Build(TextGraph text)
    {
        var bias = text.Config.Flag("attention_bias", false);
        (Decoder.Read(text.Config) with { QueryKeyNorms = true, AttentionBias = bias, OutputBias = bias }).Near(text.Config).Write(text);
    }
}
