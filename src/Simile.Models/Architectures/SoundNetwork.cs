using System.Text.Json;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>Builds the graph of a sound model from its config.json and its checkpoint.</summary>
internal static class SoundNetwork
{
    private sealed record Family(Action<SoundGraph> Build, params string[] Prefixes);

    private static readonly SortedDictionary<string, Family> Families = new(StringComparer.Ordinal)
    {
        ["audio-spectrogram-transformer"] = new(AudioSpectrogramTransformer.Build, "audio_spectrogram_transformer."),
        ["wav2vec2"] = new(Wav2Vec2.Build, "wav2vec2."),
        ["whisper"] = new(Whisper.Build, "model."),
    };

    /// <summary>The supported families, as config.json's model_type names them.</summary>
    public static IReadOnlyCollection<string> Known => Families.Keys;

    /// <summary>Whether a family is supported.</summary>
    public static bool Knows(string? modelType) => modelType is not null && Families.ContainsKey(modelType);

    /// <summary>Builds a network and takes ownership of the checkpoint.</summary>
    /// <param name="config">The root of config.json.</param>
    /// <param name="checkpoint">Its tensors.</param>
    /// <param name="outputs">The requested values, by the names of <see cref="NetworkOutputs"/>.</param>
    /// <param name="options">Runtime options.</param>
    /// <exception cref="NotSupportedException">The family is not supported.</exception>
    /// <exception cref="InvalidDataException">The checkpoint lacks a tensor, or a shape differs from config.json.</exception>
    /// <exception cref="ArgumentException">The network has no output with a requested name.</exception>
    public static OnnxModel Build(
        JsonElement config, Checkpoint checkpoint, IReadOnlyCollection<string> outputs, OnnxModelOptions? options = null)
    {
        var name = JsonFile.Text(config, "model_type");
        if (name is null || !Families.TryGetValue(name, out var family))
        {
            throw new NotSupportedException(
                $"Sound models of the family \"{name ?? "unknown"}\" are not supported. Supported: {string.Join(", ", Known)}.");
        }

        var graph = new GraphBuilder();
        var sound = new SoundGraph(
            graph, new ConfigFile(config), new Weights(checkpoint, family.Prefixes), new NetworkOutputs(graph, outputs));
        return NetworkGraph.Assemble(sound, family.Build, NetworkGraph.CannotRun(name), checkpoint, options);
    }
}
