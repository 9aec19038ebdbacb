using System.Text.Json;
using Simile.Numerics.Files;

namespace Simile.Audio.Extractors;

/// <summary>The values of a preprocessor_config.json, checked against sensible limits.</summary>
internal sealed class ExtractorConfig(string path) : IDisposable
{
    // The lowest sample rate: at a hundred frames per second each frame has one sample.
    private const int LowestRate = 100;

    // Whisper's thirty seconds are 603,000 numbers.
    private const long MostNumbers = 1 << 25;

    private readonly JsonDocument _document = JsonFile.Parse(path);

    /// <summary>The name of the extractor class in the file.</summary>
    public string Type => Text("feature_extractor_type", string.Empty);

    public int SampleRate => Integer("sampling_rate", 16000, LowestRate, Waveform.MaxSampleRate);

    public string Text(string name, string missing) => JsonFile.Text(_document.RootElement, name) ?? missing;

    public bool Flag(string name, bool missing) => JsonFile.Flag(_document.RootElement, name) ?? missing;

    public float Number(string name, float missing) =>
        JsonFile.Optional(_document.RootElement, name) is { ValueKind: JsonValueKind.Number } value
        && float.IsFinite((float)value.GetDouble())
            ? (float)value.GetDouble()
            : missing;

    /// <exception cref="InvalidDataException">The value is out of range.</exception>
    public int Integer(string name, int missing, int least, int most)
    {
        var value = JsonFile.Integer(_document.RootElement, name) ?? missing;
        return value >= least && value <= most
            ? value
            : throw new InvalidDataException($"{path}: \"{name}\" is {value}, but must be {least} to {most}.");
    }

    /// <summary>The number of samples in the given number of seconds, the network's input length.</summary>
    /// <exception cref="InvalidDataException">
    /// The spectra would not fit into memory. A few words of JSON must not request gigabytes.
    /// </exception>
    public int Span(string name, int seconds, SpectrogramOptions spectrogram)
    {
        var samples = (long)Integer(name, seconds, 1, 3600) * SampleRate;
        var numbers = ((samples / spectrogram.HopLength) + 1) * ((spectrogram.FftLength / 2) + 1);
        return numbers <= MostNumbers ? (int)samples
            : throw new InvalidDataException(
                $"{path}: {samples} samples cut into spectra of {spectrogram.FftLength} every {spectrogram.HopLength} are {numbers} "
                + "numbers, more than any network takes: check the file.");
    }

    public void Dispose() => _document.Dispose();
}
