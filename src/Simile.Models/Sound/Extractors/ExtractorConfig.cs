using System.Text.Json;

namespace Simile.Models.Sound.Extractors;

/// <summary>The values of a preprocessor_config.json, each within what makes sense.</summary>
internal sealed class ExtractorConfig(string path) : IDisposable
{
    private readonly JsonDocument _document = JsonFile.Parse(path);

    /// <summary>The class that the file names.</summary>
    public string Type => Text("feature_extractor_type", string.Empty);

    public int SampleRate => Integer("sampling_rate", 16000, 1, Waveform.MaxSampleRate);

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

    public void Dispose() => _document.Dispose();
}
