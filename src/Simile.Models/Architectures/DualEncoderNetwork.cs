using System.Text.Json;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>
/// Builds the towers of a dual encoder, which embeds texts and pictures (or sounds) in one space. Each tower is its own network.
/// </summary>
internal static class DualEncoderNetwork
{
    /// <summary>The supported families, as config.json's model_type names them.</summary>
    public static IReadOnlyCollection<string> Known { get; } = ["clap", "clip", "siglip", "siglip2"];

    /// <summary>Whether a family is supported.</summary>
    public static bool Knows(string? modelType) => modelType is not null && Known.Contains(modelType);

    /// <summary>Builds the text tower and takes ownership of the checkpoint.</summary>
    /// <exception cref="NotSupportedException">The family is not supported.</exception>
    /// <exception cref="InvalidDataException">The checkpoint lacks a tensor, or a shape differs from config.json.</exception>
    /// <exception cref="ArgumentException">The network has no output with a requested name.</exception>
    public static OnnxModel BuildText(
        JsonElement config, Checkpoint checkpoint, IReadOnlyCollection<string> outputs, OnnxModelOptions? options = null)
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

    /// <summary>Builds the picture tower and takes ownership of the checkpoint.</summary>
    /// <exception cref="NotSupportedException">The family is not supported.</exception>
    /// <exception cref="InvalidDataException">The checkpoint lacks a tensor, or a shape differs from config.json.</exception>
    /// <exception cref="ArgumentException">The network has no output with a requested name.</exception>
    public static OnnxModel BuildPicture(
        JsonElement config, Checkpoint checkpoint, IReadOnlyCollection<string> outputs, OnnxModelOptions? options = null)
    {
        var (family, part) = (Family(config), Part(config, "vision_config"));
        var graph = new GraphBuilder();
        var picture = new PictureGraph(graph, part, new Weights(checkpoint), new NetworkOutputs(graph, outputs));
        Action<PictureGraph> build = family switch
        {
            "clap" => throw new NotSupportedException("CLAP embeds texts and sounds, not pictures."),
            "clip" => clip => Clip.BuildPicture(clip, Projection(config)),
            "siglip2" => Siglip.BuildPatches,
            _ => Siglip.BuildPicture,
        };
        return NetworkGraph.Assemble(picture, build, NetworkGraph.CannotRun(family), checkpoint, options);
    }

    /// <summary>Builds the sound tower and takes ownership of the checkpoint.</summary>
    /// <exception cref="NotSupportedException">The family is not supported, or has no sound tower.</exception>
    /// <exception cref="InvalidDataException">The checkpoint lacks a tensor, or a shape differs from config.json.</exception>
    /// <exception cref="ArgumentException">The network has no output with a requested name.</exception>
    public static OnnxModel BuildSound(
        JsonElement config, Checkpoint checkpoint, IReadOnlyCollection<string> outputs, OnnxModelOptions? options = null)
    {
        var (family, part) = (Family(config), Part(config, "audio_config"));
        var graph = new GraphBuilder();
        var sound = new SoundGraph(graph, part, new Weights(checkpoint, "audio_model.audio_encoder."), new NetworkOutputs(graph, outputs));
        return NetworkGraph.Assemble(sound, Clap.BuildSound, NetworkGraph.CannotRun(family), checkpoint, options);
    }

    /// <summary>The scale and offset of the dot product of two unit vectors before the softmax (CLIP) or sigmoid (SigLIP).</summary>
    public static (float Scale, float Bias) Logits(Checkpoint checkpoint) => (
        MathF.Exp(
            (checkpoint.FindWrapped("logit_scale") ?? checkpoint.FindWrapped("logit_scale_a") ?? checkpoint["logit_scale"]).ToFloats().Span[
                0]),
        checkpoint.FindWrapped("logit_bias")?.ToFloats().Span[0] ?? 0);

    /// <summary>The scale if the candidates are ranked for a text; null if it is the same.</summary>
    public static float? TextScale(Checkpoint checkpoint) =>
        checkpoint.FindWrapped("logit_scale_t") is { } scale ? MathF.Exp(scale.ToFloats().Span[0]) : null;

    /// <summary>Components of the shared space.</summary>
    public static int Dimensions(JsonElement config)
    {
        var text = Part(config, "text_config");
        return Family(config) is "siglip" or "siglip2" ? text.OptionalSize("projection_size", "hidden_size") ?? 768 : Projection(config);
    }

    private static string Family(JsonElement config) => JsonFile.Text(config, "model_type") is { } name && Knows(name) ? name
        : throw new NotSupportedException(
            $"Dual encoders of the family \"{JsonFile.Text(config, "model_type") ?? "unknown"}\" are not supported. "
            + $"Supported: {string.Join(", ", Known)}.");

    // If CLIP's oldest files have both, the reference takes text_config_dict and vision_config_dict.
    private static ConfigFile Part(JsonElement config, string name) =>
        new ConfigFile(config).Child(name + "_dict") ?? new ConfigFile(config).Child(name)
            ?? throw new InvalidDataException($"config.json lacks the object \"{name}\".");

    private static int Projection(JsonElement config) => new ConfigFile(config).OptionalSize("projection_dim") ?? 512;
}
