using System.Text.Json;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>Builds the towers of a model that puts texts and pictures (or sounds) into one space. Each tower is a network of its own.</summary>
internal static class JointNetwork
{
    /// <summary>The families that can be built, as config.json's model_type names them.</summary>
    public static IReadOnlyCollection<string> Known { get; } = ["clap", "clip", "siglip", "siglip2"];

    /// <summary>Whether a family can be built.</summary>
    public static bool Knows(string? modelType) => modelType is not null && Known.Contains(modelType);

    /// <summary>Builds the tower for texts, which owns the checkpoint from then on.</summary>
    /// <exception cref="NotSupportedException">The family is not supported.</exception>
    /// <exception cref="InvalidDataException">The checkpoint lacks a tensor, or one has another shape than config.json says.</exception>
    /// <exception cref="ArgumentException">The network has no output of a name that is wanted.</exception>
    public static OnnxModel BuildText(JsonElement config, Checkpoint checkpoint, IReadOnlyCollection<string> outputs, OnnxModelOptions? options = null)
    {
        var (family, part) = (Family(config), Part(config, "text_config"));
        var graph = new GraphBuilder();
        var weights = family == "clap" ? new Weights(checkpoint, "text_model.") : new Weights(checkpoint);
        var text = new TextGraph(graph, part, weights, new NetworkOutputs(graph, outputs));
        Action<TextGraph> build = family switch
        {
            "clap" => Clap.BuildText,
            "clip" => clip => Clip.BuildText(clip, Projection(config)),
            _ => Siglip.BuildText,
        };
        return NetworkGraph.Assemble(text, build, NetworkGraph.CannotRun(family), checkpoint, options);
    }

    /// <summary>Builds the tower for pictures, which owns the checkpoint from then on.</summary>
    /// <exception cref="NotSupportedException">The family is not supported.</exception>
    /// <exception cref="InvalidDataException">The checkpoint lacks a tensor, or one has another shape than config.json says.</exception>
    /// <exception cref="ArgumentException">The network has no output of a name that is wanted.</exception>
    public static OnnxModel BuildPicture(JsonElement config, Checkpoint checkpoint, IReadOnlyCollection<string> outputs, OnnxModelOptions? options = null)
    {
        var (family, part) = (Family(config), Part(config, "vision_config"));
        var graph = new GraphBuilder();
        var picture = new PictureGraph(graph, part, new Weights(checkpoint), new NetworkOutputs(graph, outputs));
        Action<PictureGraph> build = family switch
        {
            "clap" => throw new NotSupportedException("CLAP puts sounds beside texts, not pictures."),
            "clip" => clip => Clip.BuildPicture(clip, Projection(config)),
            "siglip2" => Siglip.BuildPatches,
            _ => Siglip.BuildPicture,
        };
        return NetworkGraph.Assemble(picture, build, NetworkGraph.CannotRun(family), checkpoint, options);
    }

    /// <summary>Builds the tower for sounds, which owns the checkpoint from then on.</summary>
    /// <exception cref="NotSupportedException">The family is not supported, or knows no sounds.</exception>
    /// <exception cref="InvalidDataException">The checkpoint lacks a tensor, or one has another shape than config.json says.</exception>
    /// <exception cref="ArgumentException">The network has no output of a name that is wanted.</exception>
    public static OnnxModel BuildSound(JsonElement config, Checkpoint checkpoint, IReadOnlyCollection<string> outputs, OnnxModelOptions? options = null)
    {
        var (family, part) = (Family(config), Part(config, "audio_config"));
        var graph = new GraphBuilder();
        var sound = new SoundGraph(graph, part, new Weights(checkpoint, "audio_model.audio_encoder."), new NetworkOutputs(graph, outputs));
        return NetworkGraph.Assemble(sound, Clap.BuildSound, NetworkGraph.CannotRun(family), checkpoint, options);
    }

    /// <summary>What the product of two unit vectors is multiplied by, and what is added, before the softmax (CLIP) or sigmoid (SigLIP).</summary>
    public static (float Scale, float Bias) Logits(Checkpoint checkpoint) => (
        MathF.Exp((checkpoint.FindWrapped("logit_scale") ?? checkpoint.FindWrapped("logit_scale_a") ?? checkpoint["logit_scale"]).ToFloats().Span[0]),
        checkpoint.FindWrapped("logit_bias")?.ToFloats().Span[0] ?? 0);

    /// <summary>What the product is multiplied by where the others are judged for a text; null where that is the same number.</summary>
    public static float? TextScale(Checkpoint checkpoint) => checkpoint.FindWrapped("logit_scale_t") is { } scale ? MathF.Exp(scale.ToFloats().Span[0]) : null;

    /// <summary>Components of the shared space.</summary>
    public static int Dimensions(JsonElement config)
    {
        var text = Part(config, "text_config");
        return Family(config) is "siglip" or "siglip2" ? text.OptionalSize("projection_size", "hidden_size") ?? 768 : Projection(config);
    }

    private static string Family(JsonElement config) => JsonFile.Text(config, "model_type") is { } name && Knows(name) ? name
        : throw new NotSupportedException($"Joint models of the family \"{JsonFile.Text(config, "model_type") ?? "unknown"}\" are not built; those of {string.Join(", ", Known)} are.");

    // Where CLIP's oldest files have both, the reference takes text_config_dict and vision_config_dict.
    private static ConfigFile Part(JsonElement config, string name) =>
        new ConfigFile(config).Child(name + "_dict") ?? new ConfigFile(config).Child(name) ?? throw new InvalidDataException($"config.json lacks the object \"{name}\".");

    private static int Projection(JsonElement config) => new ConfigFile(config).OptionalSize("projection_dim") ?? 512;
}
