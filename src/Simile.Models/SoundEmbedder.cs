using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Simile.Audio;
using Simile.Models.Onnx;
using Simile.Numerics;

namespace Simile.Models;

/// <summary>Embeds sounds with a model folder or an ONNX file.</summary>
/// <remarks>
/// A sound of any length has one vector: the mean over its frames, or over its windows if the network takes fixed windows, weighted by
/// their loudness (root mean square), so that silence does not count. For vectors of parts, split it first (<see cref="SoundWindow"/>).
/// Thread-safe; a call with many sounds uses all cores. Owns the network: dispose it.
/// </remarks>
public sealed partial class SoundEmbedder : IDisposable
{
    private readonly OnnxModel _model;
    private readonly string _output;
    private readonly FeatureExtractor _extractor;
    private readonly SoundEmbedderOptions _options;

    internal SoundEmbedder(string name, OnnxModel model, string output, FeatureExtractor extractor, SoundEmbedderOptions options)
    {
        (Name, _model, _output, _extractor, _options) = (name, model, output, extractor, options);
        Dimensions = model.OutputShape(output) is [.., > 0 and var width] ? width
            : throw new InvalidDataException($"The network's output {output} has a variable number of components: use another layer.");
    }

    /// <summary>The name that the model was loaded by.</summary>
    public string Name { get; }

    /// <summary>Components of each vector.</summary>
    public int Dimensions { get; }

    /// <summary>The sample rate of the network. Sounds with other rates are resampled.</summary>
    public int SampleRate => _extractor.SampleRate;

    /// <summary>The feature extractor.</summary>
    internal FeatureExtractor Extractor => _extractor;

    /// <summary>The vector of a sound file.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is not a readable sound, or has no samples.</exception>
    public float[] Embed(string path)
    {
        var sound = Waveform.Load(path);
        return sound.Samples.IsEmpty ? throw new InvalidDataException($"{path} has no samples.") : Embed(sound);
    }

    /// <summary>The vector of a sound.</summary>
    /// <exception cref="ArgumentException">The sound has no samples, or is shorter than one frame.</exception>
    public float[] Embed(Waveform sound)
    {
        var vector = new float[Dimensions];
        Run(_extractor.Extract(sound), vector);
        return vector;
    }

    /// <summary>The vectors of sounds. Row i belongs to sound i.</summary>
    /// <param name="sounds">The sounds, of any sample rate.</param>
    /// <param name="cancellationToken">Checked between sounds.</param>
    /// <exception cref="ArgumentException">A sound has no samples, or is shorter than one frame.</exception>
    public VectorMatrix Embed(IReadOnlyList<Waveform> sounds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sounds);
        var vectors = new VectorMatrix(sounds.Count, Dimensions);
        EachCore.Run(sounds.Count, i => Run(_extractor.Extract(sounds[i]), vectors[i]), cancellationToken);
        return vectors;
    }

    /// <summary>The vectors of files. Unreadable or too short ones are refused; the rest is embedded.</summary>
    /// <remarks>Reading files and running the network overlap.</remarks>
    /// <param name="paths">The files.</param>
    /// <param name="cancellationToken">Checked between files.</param>
    public MediaVectors Embed(IReadOnlyList<string> paths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var vectors = new VectorMatrix(paths.Count, Dimensions);
        var failures = new RefusedFile?[paths.Count];
        EachCore.Run(paths.Count, i => failures[i] = Refusal(paths[i], i, vectors), cancellationToken);
        return MediaVectors.Without(failures, vectors);
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    // Besides the features, some networks take a mask of valid samples (all are valid for a single sound), or whether the sound exceeds
    // their length.
    private static OrtValue Input(string name, SoundFeatures features, long[] shape) => name switch
    {
        "attention_mask" =>
            OrtValue.CreateTensorValueFromMemory([.. Enumerable.Repeat(1L, features.Values.Length)], [1, features.Values.Length]),
        "is_longer" => OrtValue.CreateTensorValueFromMemory(new[] { features.IsLonger ?? true }, [1, 1]),
        _ => OrtValue.CreateTensorValueFromMemory(features.Values, shape),
    };

    private RefusedFile? Refusal(string path, int index, VectorMatrix vectors)
    {
        try
        {
            Embed(path).CopyTo(vectors[index]);
            return null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new RefusedFile(index, path, e.Message.Contains(path, StringComparison.Ordinal) ? e.Message : $"{path}: {e.Message}");
        }
    }

    private void Run(SoundFeatures features, Span<float> vector)
    {
        // Windows run as a batch; everything else as a batch of one.
        long[] shape = features.Windows
            ? [.. features.Shape.Select(size => (long)size)]
            : [1, .. features.Shape.Select(size => (long)size)];
        using var outputs = _model.Run(name => Input(name, features, shape), [_output]);
        Mean(outputs[0].GetTensorDataAsSpan<float>(), features.Loudness is { } loudness ? [.. loudness] : [], vector);
        if (_options.Normalize)
        {
            Pooling.Normalize(vector);
        }
    }

    // Rows of a window are weighted by its loudness. All weights are equal if there are no windows or only silence.
    private static void Mean(ReadOnlySpan<float> rows, ReadOnlySpan<float> loudness, Span<float> vector)
    {
        var (count, sum) = (rows.Length / vector.Length, TensorPrimitives.Sum(loudness));
        vector.Clear();
        for (var row = 0; row < count; row++)
        {
            var weight = sum > 0 ? loudness[row * loudness.Length / count] / sum * loudness.Length / count : 1f / count;
            TensorPrimitives.MultiplyAdd(rows.Slice(row * vector.Length, vector.Length), weight, vector, vector);
        }
    }
}
