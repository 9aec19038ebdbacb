using Simile.Audio.Extractors;

namespace Simile.Audio;

/// <summary>Turns sound into network input, as the model's preprocessor_config.json says. Equal to transformers' extractors.</summary>
/// <remarks>Immutable and safe for concurrent use.</remarks>
public abstract class FeatureExtractor
{
    private protected FeatureExtractor(int sampleRate) => SampleRate = sampleRate;

    /// <summary>The sample rate of the network. Sound with another rate is resampled (the reference refuses it).</summary>
    public int SampleRate { get; }

    /// <summary>Reads the settings of a network's sound features from its folder.</summary>
    /// <param name="path">A model folder or its preprocessor_config.json.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or a value is out of range.</exception>
    /// <exception cref="NotSupportedException">The extractor type is not supported.</exception>
    public static FeatureExtractor Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var config = new ExtractorConfig(Directory.Exists(path) ? Path.Combine(path, "preprocessor_config.json") : path);
        return config.Type switch
        {
            "ASTFeatureExtractor" => new AstExtractor(config),
            "ClapFeatureExtractor" => new ClapExtractor(config),
            "SeamlessM4TFeatureExtractor" => new SeamlessExtractor(config),
            "Wav2Vec2FeatureExtractor" => new WaveExtractor(config),
            "WhisperFeatureExtractor" => new WhisperExtractor(config),
            var other =>
                throw new NotSupportedException(
                    $"{path} names the feature extractor {other}, which is not supported. "
                    + "Supported: AST, CLAP, SeamlessM4T, Wav2Vec2 and Whisper."),
        };
    }

    /// <summary>The features of a sound.</summary>
    /// <exception cref="ArgumentException">The sound is empty or too short for one frame.</exception>
    public SoundFeatures Extract(Waveform sound)
    {
        ArgumentNullException.ThrowIfNull(sound);
        return sound.Samples.IsEmpty
            ? throw new ArgumentException("The sound has no samples.", nameof(sound))
            : Extract(sound.Resample(SampleRate).Samples.Span);
    }

    private protected abstract SoundFeatures Extract(ReadOnlySpan<float> samples);
}
