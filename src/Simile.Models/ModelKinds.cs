using Simile.Models.Architectures;
using Simile.Models.Features;
using Simile.Models.Words;

namespace Simile.Models;

/// <summary>Determines the media kinds that a model embeds, from its small files only.</summary>
internal static class ModelKinds
{
    private static readonly MediaKind[] TextsAlone = [MediaKind.Text];
    private static readonly MediaKind[] Everything = [MediaKind.Text, MediaKind.Image, MediaKind.Sound];
    private static readonly MediaKind[] SoundsAlone = [MediaKind.Sound];

    private static readonly string[] Tokenizers =
        [
            "tokenizer.json", "vocab.txt", "vocab.json", "sentencepiece.model", "sentencepiece.bpe.model", "spiece.model",
            "tokenizer.model", "tokenizer_config.json", "modules.json",
        ];

    private static readonly string[] Processors = ["preprocessor_config.json", "transform.json"];

    /// <summary>The media kinds of the built-in model, a folder, or a name in the hub's cache.</summary>
    /// <exception cref="DirectoryNotFoundException">The model does not exist.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static MediaKind[] Of(string model)
    {
        if (model == TextEmbedder.BuiltIn)
        {
            return Everything;
        }

        if (FeatureModel.Is(model))
        {
            using var features = FeatureModel.Load(model);
            return [.. features.Kinds];
        }

        if (WordFile.Is(model))
        {
            return TextsAlone;
        }

        var (files, family) = DualEncoderFolder.Find(model);
        return DualEncoderNetwork.Knows(family) ? (family == "clap" ? [MediaKind.Text, MediaKind.Sound] : [MediaKind.Text, MediaKind.Image])
            : SoundNetwork.Knows(family) ? SoundsAlone
            : IsOfPictures(files, family) ? [MediaKind.Image]
            : TextsAlone;
    }

    // A model with a tokenizer embeds texts.
    private static bool IsOfPictures(ModelFolder files, string? family) =>
        ImageNetwork.Knows(family) || (!Tokenizers.Any(files.Exists) && (Processors.Any(files.Exists) || HasTimmConfig(files)));

    private static bool HasTimmConfig(ModelFolder files)
    {
        if (!files.Exists("config.json"))
        {
            return false;
        }

        using var config = files.Json("config.json");
        return JsonFile.Optional(config.RootElement, "pretrained_cfg") is not null;
    }
}
