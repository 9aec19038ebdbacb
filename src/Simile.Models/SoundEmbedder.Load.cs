using Simile.Audio;
using Simile.Models.Architectures;
using Simile.Models.Onnx;

namespace Simile.Models;

/// <content>Loading.</content>
public sealed partial class SoundEmbedder
{
    // The input of the classifier, by the families' names.
    private static readonly string[] Vectors = ["audio_embeds", "pooler_output", "last_hidden_state"];
    private static readonly string[] OnnxVectors = ["embedding", "embeddings", "audio_embeds", "pooler_output", "last_hidden_state"];

    /// <summary>Loads a model.</summary>
    /// <param name="model">
    /// A folder in the layout of the hub or a model name in the hub's cache (audio spectrogram transformer, CLAP, wav2vec 2.0, Whisper), or
    /// an .onnx file of YAMNet that takes waveforms of 15,600 samples or log mel patches of 96 × 64.
    /// </param>
    /// <param name="options">Settings that override the model's files; null for none.</param>
    /// <exception cref="ArgumentException">The network has no such layer.</exception>
    /// <exception cref="DirectoryNotFoundException">The model does not exist.</exception>
    /// <exception cref="FileNotFoundException">The folder lacks a file.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    /// <exception cref="NotSupportedException">The model is of a family that is not supported.</exception>
    public static SoundEmbedder Load(string model, SoundEmbedderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new SoundEmbedderOptions();
        var (network, output, extractor) = File.Exists(model)
            ? OpenOnnx(model, options.Layer)
            : Open(DualEncoderFolder.Find(model), options.Layer);
        try
        {
            return new SoundEmbedder(model, network, output, extractor, options);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static (OnnxModel, string, FeatureExtractor) Open(DualEncoderFolder folder, string? layer)
    {
        var extractor = FeatureExtractor.Load(folder.Files.Path);
        var (network, output) = folder.Build((config, checkpoint) => NetworkOutputs.First(layer is null ? Vectors : [layer], name =>
            DualEncoderNetwork.Knows(folder.Family)
                ? DualEncoderNetwork.BuildSound(config, checkpoint, [name])
                : SoundNetwork.Build(config, checkpoint, [name])));
        return (network, output, extractor);
    }

    private static (OnnxModel, string, FeatureExtractor) OpenOnnx(string path, string? layer)
    {
        var (network, output) = layer is not null ? OnnxModel.LoadWithInner(path, layer) : (OnnxModel.Load(path), null);
        output ??= OnnxVectors.FirstOrDefault(network.Outputs.Contains) ?? network.Outputs[0];
        switch (network.InputShape(network.Inputs[0]))
        {
            case [_, WindowExtractor.YamnetLength]:
                return (network, output, new WindowExtractor());
            case [_, 1, YamnetExtractor.Frames, YamnetExtractor.Bands]:
                return (network, output, new YamnetExtractor());
            case var shape:
                network.Dispose();
                throw new NotSupportedException(
                    $"{path} takes [{string.Join(", ", shape)}]: the only supported ONNX network for sound is YAMNet, "
                    + $"with input [batch, {WindowExtractor.YamnetLength}] or [batch, "
                    + $"1, {YamnetExtractor.Frames}, {YamnetExtractor.Bands}].");
        }
    }
}
