using System.Text.Json;
using Simile.Numerics.Files;

namespace Simile.Audio.Extractors;

/// <summary>The values of a preprocessor_config.json, each within what makes sense.</summary>
internal sealed class ExtractorConfig(string path) : IDisposable
{
    // A hundred frames a second are one sample each.
    private const int LowestRate = 100;

    // Whisper's thirty seconds are 603,000.
    private const long MostNumbers = 1 << 25;

    private readonly JsonDocument _document = JsonFile.Parse(path);

    /// <summary>The class that the file names.</summary>
    public string Type => Text("feature_extractor_type", string.Empty);

    public int SampleRate => Integer("sampling_rate", 16000, LowestRate, Waveform.MaxSampleRate);

    public string Text(string name, string missing) => JsonFile.Text(_document.RootElement, name) ?? missing;

    public bool Flag(string name, bool missing) => JsonFile.Flag(_document.RootElement, name) ?? missing;

    public float Number(string name, float missing) =>
        JsonFile.Optional(_document.RootElement, name) is { ValueKind: JsonValueKind.Number } value && float.IsFinite((float)value.GetDouble()) ? (float)value.GetDouble() : missing;

    /// <exception cref="InvalidDataException">The value is out of range.</exception>
    public int Integer(string name, int missing, int least, int most)
    {
        var value = JsonFile.Integer(_document.RootElement, name) ?? missing;
        return value >= least && value <= most ? value : throw new InvalidDataException($"{path}: \"{name}\" is {value}, but must be {least} to {most}.");
    }

    /// <summary>Samples of the span of so many seconds that a network hears at once.</summary>
    /// <exception cref="InvalidDataException">Its spectra would not fit into memory: a few words of JSON must not ask for gigabytes.</exception>
    public int Span(string name, int seconds, SpectrogramOptions spectrogram)
    {
        var samples = (long)Integer(name, seconds, 1, 3600) * SampleRate;
        var numbers = ((samples / spectrogram.HopLength) + 1) * ((spectrogram.FftLength / 2) + 1);
        return numbers <= MostNumbers ? (int)samples
            : throw new InvalidDataException($"{path}: {samples} samples cut into spectra of {spectrogram.FftLength} every {spectrogram.HopLength} are {numbers} numbers, more than any network takes.");
    }

    public void Dispose() => _document.Dispose();
}
