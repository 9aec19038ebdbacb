using Simile.Audio.Extractors;

namespace Simile.Audio;

/// <summary>Turns sound into what a network takes, as the model's preprocessor_config.json says. Equal to transformers' extractors.</summary>
/// <remarks>Immutable and safe for concurrent use.</remarks>
public abstract class FeatureExtractor
{
    private protected FeatureExtractor(int sampleRate) => SampleRate = sampleRate;

    /// <summary>The rate that the network was trained at. Sound of another rate is resampled (the reference refuses it).</summary>
    public int SampleRate { get; }

    /// <summary>Reads an extractor.</summary>
    /// <param name="path">A model folder or its preprocessor_config.json.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or a value in it makes no sense.</exception>
    /// <exception cref="NotSupportedException">The extractor is of a type that is not built.</exception>
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
            var other => throw new NotSupportedException($"{path} names the feature extractor {other}, which is not built: AST, CLAP, SeamlessM4T, Wav2Vec2 and Whisper are."),
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
