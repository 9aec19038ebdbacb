using System.Text.Json;
using Simile.Models.Architectures;

namespace Simile.Models.Text;

/// <summary>The tokenization settings of a text tower.</summary>
/// <param name="Length">Maximum length in tokens.</param>
/// <param name="Padding">The padding id.</param>
/// <param name="IsFilled">Whether every text is padded to the full length (SigLIP was trained so, and pools at the last position).</param>
/// <param name="LowerCase">Whether texts are lowercased before tokenization.</param>
internal sealed record TowerTexts(int Length, int Padding, bool IsFilled, bool LowerCase)
{
    /// <summary>Reads the settings from config.json.</summary>
    /// <param name="root">The root of config.json.</param>
    /// <param name="folder">The model's folder.</param>
    /// <param name="padding">The tokenizer's padding id, if it has one.</param>
    public static TowerTexts Read(JsonElement root, ModelFolder folder, int? padding)
    {
        var family = JsonFile.Text(root, "model_type");
        var config = new ConfigFile(root).Child("text_config")
            ?? throw new InvalidDataException("config.json lacks the object \"text_config\".");
        var positions = config.OptionalSize("max_position_embeddings");
        var pad = padding ?? config.Integer("pad_token_id", 1);
        return family switch
        {
            "clap" =>
                new TowerTexts(Math.Max(1, (positions ?? 514) - Roberta.UnusedPositions(config)), pad, IsFilled: false, LowerCase: false),
            "clip" => new TowerTexts(positions ?? 77, pad, IsFilled: false, LowerCase: false),
            _ => new TowerTexts(positions ?? 64, pad, IsFilled: true, LowerCase: family == "siglip2" || HasGemmaTokenizer(folder)),
        };
    }

    // SigLIP 2 was trained on lowercased texts, but its tokenizer, Gemma's, does not lowercase. Its fixed-size models have the type siglip.
    private static bool HasGemmaTokenizer(ModelFolder folder)
    {
        if (!folder.Exists("tokenizer_config.json"))
        {
            return false;
        }

        using var json = folder.Json("tokenizer_config.json");
        return JsonFile.Text(json.RootElement, "tokenizer_class")?.StartsWith("Gemma", StringComparison.Ordinal) == true;
    }
}
