using Simile.Audio;

namespace Simile.Models.Verification;

/// <summary>What a reference makes of a text, a picture or a sound; what it does not say is null.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Name">The text, or the file's path as it is written.</param>
/// <param name="Path">The file; null for a text, and for a sound by formula.</param>
/// <param name="Ids">The tokens of the text.</param>
/// <param name="Numbers">What goes into the network: pixels [3, height, width] or the features of a sound; every <paramref name="Step"/>-th of them.</param>
/// <param name="Step">How many numbers apart they are.</param>
/// <param name="Mean">The mean of all the numbers that go into the network.</param>
/// <param name="Vector">The vector.</param>
internal sealed record ReferenceItem(MediaKind Kind, string Name, string? Path, int[]? Ids, float[]? Numbers, int Step, double? Mean, float[]? Vector)
{
    /// <summary>A tone that rises from one frequency to another, in Hz, for so many seconds: a sound for which no file is needed; null for a file.</summary>
    public (double From, double To, double Seconds)? Sweep { get; init; }

    /// <summary>The sound.</summary>
    /// <exception cref="InvalidDataException">Its file cannot be read.</exception>
    public Waveform LoadSound() => Sweep is { } sweep ? Tone(sweep.From, sweep.To, sweep.Seconds) : Waveform.Load(Path!);

    // Half as loud as may be, at 16 kHz.
    private static Waveform Tone(double from, double to, double seconds)
    {
        const int Rate = 16000;
        var samples = new float[(int)(seconds * Rate)];
        for (var i = 0; i < samples.Length; i++)
        {
            var time = i / (double)Rate;
            samples[i] = (float)(0.5 * Math.Sin(2 * Math.PI * ((from * time) + ((to - from) * time * time / (2 * seconds)))));
        }

        return new Waveform(samples, Rate);
    }
}
