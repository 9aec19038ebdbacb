using System.Runtime.ExceptionServices;
using Microsoft.ML.OnnxRuntime;
using Simile.Models.Architectures;
using Simile.Models.Onnx;
using Simile.Models.Sound;
using Simile.Numerics;

namespace Simile.Models;

/// <summary>CLAP's tower for sounds, with its extractor.</summary>
/// <remarks>Thread-safe. Owns the network.</remarks>
internal sealed class ClipSounds : IDisposable
{
    private const string Output = "audio_embeds";

    private readonly OnnxModel _model;
    private readonly FeatureExtractor _extractor;

    private ClipSounds(OnnxModel model, FeatureExtractor extractor)
    {
        (_model, _extractor) = (model, extractor);
        Dimensions = model.OutputShape(Output)[^1];
    }

    /// <summary>Components of each vector.</summary>
    public int Dimensions { get; }

    public static ClipSounds Load(JointFolder folder)
    {
        var extractor = FeatureExtractor.Load(folder.Files.Path);
        return new ClipSounds(folder.Build((config, checkpoint) => JointNetwork.BuildSound(config, checkpoint, [Output])), extractor);
    }

    /// <summary>The vectors of sounds, a core for each sound.</summary>
    public VectorMatrix Embed(IReadOnlyList<Waveform> sounds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sounds);
        var vectors = new VectorMatrix(sounds.Count, Dimensions);
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
            Parallel.For(0, sounds.Count, options, i => Run(_extractor.Extract(sounds[i]), vectors[i]));
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        return vectors;
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    private void Run(SoundFeatures features, Span<float> vector)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(features.Values, [1, .. features.Shape.Select(size => (long)size)]);
        using var outputs = _model.Run([features.Name], [input], [Output]);
        outputs[0].GetTensorDataAsSpan<float>().CopyTo(vector);
    }
}
