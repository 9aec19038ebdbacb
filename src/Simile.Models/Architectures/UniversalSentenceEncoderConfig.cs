using System.Text.Json;

namespace Simile.Models.Architectures;

/// <summary>The values of a use-multilingual model's config.json.</summary>
/// <param name="Orders">The n-gram lengths of the network's branches.</param>
/// <param name="LeftContext">The number of n-gram tokens before the token itself.</param>
/// <param name="Epsilon">Epsilon of the layer norms.</param>
/// <param name="BeginId">The id before every text.</param>
/// <param name="EndId">The id after every text.</param>
/// <param name="MaxSequenceLength">Maximum length in ids, including those two.</param>
internal sealed record UniversalSentenceEncoderConfig(
    int[] Orders, int[] LeftContext, float Epsilon, int BeginId, int EndId, int MaxSequenceLength)
{
    /// <summary>The value of model_type in config.json.</summary>
    public const string ModelType = "use-multilingual";

    /// <summary>Reads config.json.</summary>
    /// <param name="json">Its bytes.</param>
    /// <param name="source">The file's name for messages.</param>
    /// <exception cref="InvalidDataException">The file is not such a configuration.</exception>
    public static UniversalSentenceEncoderConfig Parse(ReadOnlyMemory<byte> json, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var config = new UniversalSentenceEncoderConfig(
                Numbers(root.GetProperty("ngram_orders")),
                Numbers(root.GetProperty("ngram_left_context")),
                root.GetProperty("layer_norm_eps").GetSingle(),
                root.GetProperty("bos_token_id").GetInt32(),
                root.GetProperty("eos_token_id").GetInt32(),
                root.GetProperty("max_seq_length").GetInt32());
            return config.IsValid() ? config : throw new FormatException("numbers out of range");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{source} is not the configuration of a {ModelType} model: {e.Message.TrimEnd('.')}.", e);
        }
    }

    private static int[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetInt32())];

    private bool IsValid() =>
        Orders.Length is > 0 and <= 16 && Orders.Length == LeftContext.Length && MaxSequenceLength is > 2 and <= 1 << 16
        && Orders.Zip(LeftContext).All(pair => pair is { First: > 0 and <= 64, Second: >= 0 } && pair.Second < pair.First)
        && BeginId >= 0 && EndId >= 0 && Epsilon is > 0 and < 1;
}
