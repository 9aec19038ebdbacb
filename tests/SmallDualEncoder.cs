using System.Text.Json;
using System.Text.Json.Nodes;

namespace Simile.Testing;

/// <summary>
/// Makes a complete but untrained model folder from a golden case of a dual encoder: weights and config.json as they are, one word per id,
/// a preprocessor.
/// </summary>
internal static class SmallDualEncoder
{
    private static readonly string[] Words = ["a", "photo", "of", "sound", "this", "is", "cat", "dog", "rain", "rooster", "tea", "hot"];

    public static string Make(string golden, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var name in new[] { "config.json", "model.safetensors" })
        {
            File.WriteAllBytes(
                Path.Combine(folder, name), File.ReadAllBytes(Path.Combine(Assets.Require($"golden/architectures/{golden}"), name)));
        }

        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "config.json")));
        File.WriteAllText(
            Path.Combine(folder, "tokenizer.json"),
            Tokenizer(config.RootElement.GetProperty("text_config").GetProperty("vocab_size").GetInt32()));
        File.WriteAllText(
            Path.Combine(folder, "preprocessor_config.json"), golden switch { "clap" => Sounds, "siglip2" => Patches, _ => Pictures });
        return folder;
    }

    private const string Pictures = """
        {"image_processor_type": "CLIPImageProcessor", "size": {"shortest_edge": 32}, "crop_size": {"height": 32, "width": 32}}
        """;

    private const string Patches = """
        {"image_processor_type": "Siglip2ImageProcessor", "patch_size": 8, "max_num_patches": 16}
        """;

    private const string Sounds = """
        {"feature_extractor_type": "ClapFeatureExtractor", "sampling_rate": 16000, "max_length_s": 2,
         "hop_length": 160, "fft_window_size": 512, "feature_size": 16,
         "frequency_min": 50, "frequency_max": 8000, "padding": "repeatpad", "truncation": "rand_trunc"}
        """;

    private static string Tokenizer(int size)
    {
        var vocabulary = new JsonObject();
        for (var id = 0; id < size; id++)
        {
            vocabulary[id >= 10 && id - 10 < Words.Length ? Words[id - 10] : $"t{id}"] = id;
        }

        return new JsonObject
        {
            ["version"] = "1.0",
            ["added_tokens"] = new JsonArray(),
            ["pre_tokenizer"] = new JsonObject { ["type"] = "WhitespaceSplit" },
            ["model"] = new JsonObject { ["type"] = "WordLevel", ["unk_token"] = "t4", ["vocab"] = vocabulary },
        }.ToJsonString();
    }
}
