using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Simile.Audio;
using Simile.Models.Onnx;
using Simile.Numerics;

namespace Simile.Models;

/// <summary>Sounds to vectors, by a model folder or an ONNX file.</summary>
/// <remarks>
/// A sound of any length has one vector: the mean over its frames, or over its windows where the network takes windows of a fixed length, each as it is loud
/// (root mean square), so that silence counts for nothing. For vectors of parts, cut it before (<see cref="SoundWindow"/>). Thread-safe; a call with many
/// sounds keeps all cores busy. Owns the network: dispose it.
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
            : throw new InvalidDataException($"The network's output {output} has no fixed number of components: name another layer.");
    }

    /// <summary>The name the model was loaded by.</summary>
    public string Name { get; }

    /// <summary>Components of each vector.</summary>
    public int Dimensions { get; }

    /// <summary>The rate that the network hears at; sounds of another are resampled.</summary>
    public int SampleRate => _extractor.SampleRate;

    /// <summary>What makes sounds ready.</summary>
    internal FeatureExtractor Extractor => _extractor;

    /// <summary>The vector of a sound in a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is not a sound that can be read, or has no samples.</exception>
    public float[] Embed(string path)
    {
        var sound = Waveform.Load(path);
        return sound.Samples.IsEmpty ? throw new InvalidDataException($"{path} has no samples.") : Embed(sound);
    }

    /// <summary>The vector of a sound.</summary>
    /// <exception cref="ArgumentException">The sound has no samples, or too few for one frame.</exception>
    public float[] Embed(Waveform sound)
    {
        var vector = new float[Dimensions];
        Run(_extractor.Extract(sound), vector);
        return vector;
    }

    /// <summary>The vectors of sounds, row i for sound i.</summary>
    /// <param name="sounds">The sounds, of any sampling rate.</param>
    /// <param name="cancellationToken">Stops between sounds.</param>
    /// <exception cref="ArgumentException">A sound has no samples, or too few for one frame.</exception>
    public VectorMatrix Embed(IReadOnlyList<Waveform> sounds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sounds);
        var vectors = new VectorMatrix(sounds.Count, Dimensions);
        EachCore.Run(sounds.Count, i => Run(_extractor.Extract(sounds[i]), vectors[i]), cancellationToken);
        return vectors;
    }

    /// <summary>The vectors of files. Those that are no sounds that can be read, or too short, are refused, and the rest is done.</summary>
    /// <remarks>Some files are read while others are in the network.</remarks>
    /// <param name="paths">The files.</param>
    /// <param name="cancellationToken">Stops between files.</param>
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

    // Beside the features some networks ask which samples are sound, which all are as there is one sound, or whether it is longer than they take.
    private static OrtValue Input(string name, SoundFeatures features, long[] shape) => name switch
    {
        "attention_mask" => OrtValue.CreateTensorValueFromMemory([.. Enumerable.Repeat(1L, features.Values.Length)], [1, features.Values.Length]),
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
        // What is cut into windows goes in as a batch of them, all else as a batch of one.
        long[] shape = features.Windows ? [.. features.Shape.Select(size => (long)size)] : [1, .. features.Shape.Select(size => (long)size)];
        using var outputs = _model.Run(name => Input(name, features, shape), [_output]);
        Mean(outputs[0].GetTensorDataAsSpan<float>(), features.Loudness is { } loudness ? [.. loudness] : [], vector);
        if (_options.Normalize)
        {
            Pooling.Normalize(vector);
        }
    }

    // Rows of a window weigh as it is loud; all the same where there are no windows or all is silence.
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
