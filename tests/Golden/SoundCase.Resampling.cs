using System.Text.Json;
using Simile.Audio;
using Simile.Models.Checkpoints;

namespace Golden;

internal static partial class SoundCase
{
    private static void CheckResampling(string folder, JsonElement cases)
    {
        using var signals = SafeTensors.Open(Path.Combine(folder, "signals.safetensors"));
        var differences = new List<string>();
        foreach (var @case in cases.EnumerateArray())
        {
            var id = @case.GetProperty("id").GetString()!;
            var (from, to) = (@case.GetProperty("from_rate").GetInt32(), @case.GetProperty("to_rate").GetInt32());
            foreach (var required in @case.GetProperty("require").EnumerateObject())
            {
                var measured = Measure(required.Name, signals, id, from, to);
                var isMet = required.Name is "alias_db" or "image_db"
                    ? measured <= required.Value.GetDouble()
                    : measured >= required.Value.GetDouble();
                TestContext.Current.TestOutputHelper?.WriteLine($"{id} {required.Name}: {measured:F1}");
                differences.AddRange(isMet ? [] : [$"{id}: {required.Name} is {measured:F1}, but must reach {required.Value}"]);
            }
        }

        Report(differences);
    }

    private static double Measure(string what, Checkpoint signals, string id, int from, int to)
    {
        float[] Input(string name) => signals[$"{id}.{name}"].ToFloats().ToArray();
        float[] Output(string name) => new Waveform(Input(name), from).Resample(to).Samples.ToArray();
        switch (what)
        {
            case "sweep_snr_db":
                return SignalToNoise(Input("sweep.ideal"), Output("sweep"), 1);
            case "noise_snr_to_soxr_hq_db":
                return SignalToNoise(Input("noise.soxr_hq"), Output("noise"), 0.9 * Math.Min(from, to) / to);
            case "alias_db":
                return Decibel(Energy(Spectrum(Output("above")), 0, 1) * from / to, Energy(Spectrum(Input("above")), 0, 1));
            case "image_db":
                var spectrum = Spectrum(Output("noise"));
                return Decibel(Energy(spectrum, 1.1 * from / to, 1), Energy(spectrum, 0, 1));
            default:
                throw new NotSupportedException($"There is no measure {what}.");
        }
    }

    private static double SignalToNoise(float[] expected, float[] actual, double upTo)
    {
        Assert.Equal(expected.Length, actual.Length);
        float[] error = [.. expected.Zip(actual, (e, a) => a - e)];
        return Decibel(Energy(Spectrum(expected), 0, upTo), Energy(Spectrum(error), 0, upTo));
    }

    // The middle nine tenths under a Blackman window.
    private static double[] Spectrum(float[] signal)
    {
        var middle = signal.AsSpan(signal.Length / 20, signal.Length * 9 / 10);
        var frame = new double[middle.Length];
        for (var i = 0; i < frame.Length; i++)
        {
            var turn = 2 * Math.PI * i / (frame.Length - 1);
            frame[i] = middle[i] * (0.42 - (0.5 * Math.Cos(turn)) + (0.08 * Math.Cos(2 * turn)));
        }

        var fourier = new Fourier(frame.Length);
        var power = new double[fourier.Bins];
        fourier.Power(frame, power);
        return power;
    }

    private static double Energy(double[] spectrum, double from, double to) =>
        spectrum.Where((_, i) => i >= from * (spectrum.Length - 1) && i <= to * (spectrum.Length - 1)).Sum();

    private static double Decibel(double power, double reference) => 10 * Math.Log10(power / reference);
}
