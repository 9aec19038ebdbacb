using System.Globalization;
using System.Text.Json;
using Simile.Audio;
using Simile.Models.Checkpoints;
using Simile.Numerics;

namespace Golden;

internal static partial class SoundCase
{
    private static void CheckFeatures(string folder, JsonElement info, JsonElement cases)
    {
        using var inputs = SafeTensors.Open(Path.Combine(folder, info.GetProperty("input").GetString()!));
        using var expected = SafeTensors.Open(Path.Combine(folder, "expected.safetensors"));
        var differences = new List<string>();
        foreach (var @case in cases.EnumerateArray())
        {
            var tensor = @case.GetProperty("tensor").GetString()!;
            var golden = expected[tensor].ToFloats().Span;
            var tolerance = @case.GetProperty("tolerance").GetDouble();
            if (@case.GetProperty("tolerance_is").GetString() != "absolute")
            {
                var largest = 0f;
                foreach (var value in golden)
                {
                    largest = Math.Max(largest, Math.Abs(value));
                }

                tolerance *= largest;
            }

            var sound = Sound(inputs, @case.GetProperty("clip").GetString()!);
            Compare(
                tensor,
                golden,
                Feature(@case.GetProperty("feature").GetString()!, new Parameters(@case.GetProperty("params")), sound),
                tolerance,
                differences);
        }

        Report(differences);
    }

    private static float[] Feature(string feature, Parameters p, Waveform sound)
    {
        var samples = sound.Samples.Span;
        return feature switch
        {
            "stft_magnitude" => Columns(Spectrogram.Magnitude(samples, p.Spectrogram), p),
            "melspectrogram" => Columns(Bands(sound, p), p),
            "mel_filters" => Filters(sound, p).Weights.AsSpan().ToArray(),
            "power_to_db" => Decibel(sound, p),
            "mfcc" => Columns(Mfcc.Build(sound, p.Mfcc), p),
            "delta" => Columns(Mfcc.Delta(Mfcc.Build(sound, Hop160), p.Integer("width", 9), p.Integer("order", 1)), p),
            "mfcc_stats" => Mfcc.Statistics(sound, Hop160),
            "chroma_stft" => Columns(Chroma.Build(Spectrogram.Power(samples, p.Spectrogram), sound.SampleRate, p.Optional("tuning")), p),
            "spectral_centroid" => SpectralShape.Centroid(Spectrogram.Magnitude(samples, p.Spectrogram), sound.SampleRate),
            "spectral_bandwidth" => SpectralShape.Bandwidth(Spectrogram.Magnitude(samples, p.Spectrogram), sound.SampleRate),
            "spectral_rolloff" =>
                SpectralShape.Rolloff(Spectrogram.Magnitude(samples, p.Spectrogram), sound.SampleRate, p.Number("roll_percent", 0.85)),
            "spectral_flatness" => SpectralShape.Flatness(Spectrogram.Power(samples, p.Spectrogram), p.Number("amin", 1e-10)),
            "zero_crossing_rate" => FrameMeasures.ZeroCrossingRate(samples, p.Integer("frame_length", 2048), p.Integer("hop_length", 512)),
            "rms" => FrameMeasures.Rms(samples, p.Integer("frame_length", 2048), p.Integer("hop_length", 512)),
            "scipy_spectrogram" => Columns(p.Periodogram(sound), p),
            _ => throw new NotSupportedException($"There is no feature {feature}."),
        };
    }

    private static MfccOptions Hop160 => new() { Spectrogram = new SpectrogramOptions { FftLength = 512, HopLength = 160 } };

    private static MelFilters Filters(Waveform sound, Parameters p) => new(
        sound.SampleRate,
        p.Spectrogram.FftLength,
        p.Integer("n_mels", 128),
        p.Number("fmin", 0),
        p.Number("fmax", sound.SampleRate / 2.0),
        p.Scale,
        p.EqualArea);

    private static VectorMatrix Bands(Waveform sound, Parameters p) =>
        Filters(sound, p).Apply(Spectrogram.Power(sound.Samples.Span, p.Spectrogram));

    private static float[] Decibel(Waveform sound, Parameters p)
    {
        var bands = Bands(sound, p);
        var reference = p.Optional("ref") ?? bands.AsSpan().ToArray().Max();
        Decibels.FromPower(bands, reference, p.Number("amin", 1e-10), p.IsNull("top_db") ? null : p.Number("top_db", 80));
        return Columns(bands, p);
    }

    // Golden tensors are [bins, frames], often with every nth frame only.
    private static float[] Columns(VectorMatrix frames, Parameters p)
    {
        var every = p.Every;
        return [.. Enumerable.Range(0, frames.Dimensions)
            .SelectMany(j => Enumerable.Range(0, (frames.Count + every - 1) / every).Select(i => frames[i * every][j]))];
    }

    /// <summary>The parameters of a case as librosa and scipy name them; what is missing has their defaults.</summary>
    private sealed class Parameters(JsonElement json)
    {
        public SpectrogramOptions Spectrogram => new()
        {
            FftLength = Integer("n_fft", 2048),
            HopLength = Integer("hop_length", 512),
            WindowLength = Integer("win_length", 0),
            Center = !json.TryGetProperty("center", out var center) || center.GetBoolean(),
            Padding = Text("pad_mode").StartsWith("reflect", StringComparison.Ordinal) ? FramePadding.Reflect : FramePadding.Zeros,
        };

        public MfccOptions Mfcc => new()
        {
            Coefficients = Integer("n_mfcc", 20),
            Bands = Integer("n_mels", 128),
            Scale = Scale,
            EqualArea = EqualArea,
            Lifter = Number("lifter", 0),
            Spectrogram = Spectrogram,
        };

        public MelScale Scale => json.TryGetProperty("htk", out var htk) && htk.GetBoolean() ? MelScale.Htk : MelScale.Slaney;

        public bool EqualArea => !IsNull("norm");

        public int Every =>
            Text("columns") is { Length: > 0 } text
                ? int.Parse(new string([.. text.Where(char.IsDigit)]), CultureInfo.InvariantCulture)
                : 1;

        public bool IsNull(string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Null;

        public int Integer(string name, int missing) => (int)Number(name, missing);

        public double Number(string name, double missing) => Optional(name) ?? missing;

        public double? Optional(string name) =>
            json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

        public VectorMatrix Periodogram(Waveform sound)
        {
            var segment = Integer("nperseg", 256);
            return Simile.Audio.Periodogram.Build(
                sound,
                Text("window").StartsWith("tukey", StringComparison.Ordinal) ? WindowFunction.Tukey : WindowFunction.Hann,
                segment,
                Integer("noverlap", segment / 8),
                Integer("nfft", segment),
                Text("mode") == "psd" ? PeriodogramScale.Density : PeriodogramScale.Magnitude,
                Text("detrend") == "constant");
        }

        private string Text(string name) =>
            json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;
    }
}
