using Simile.Audio;

namespace Simile.Models.Verification;

/// <summary>The expected values for a text, a picture or a sound. Missing values are null.</summary>
/// <param name="Kind">The kind of media.</param>
/// <param name="Name">The text, or the path as written in the file.</param>
/// <param name="Path">The file; null for a text and for a synthetic sound.</param>
/// <param name="Ids">The tokens of the text.</param>
/// <param name="Numbers">
/// The network's input: pixels [3, height, width] or the features of a sound; every <paramref name="Step"/>-th number of it.
/// </param>
/// <param name="Step">The distance between the given numbers.</param>
/// <param name="Mean">The mean of the network's whole input.</param>
/// <param name="Vector">The vector.</param>
internal sealed record ReferenceItem(
    MediaKind Kind, string Name, string? Path, int[]? Ids, float[]? Numbers, int Step, double? Mean, float[]? Vector)
{
    /// <summary>
    /// A synthetic sound: a tone that rises from one frequency to another, in Hz, for a number of seconds; null for a file.
    /// </summary>
    public (double From, double To, double Seconds)? Sweep { get; init; }

    /// <summary>The sound.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read.</exception>
    public Waveform LoadSound() => Sweep is { } sweep ? Tone(sweep.From, sweep.To, sweep.Seconds) : Waveform.Load(Path!);

    // Half of full amplitude, at 16 kHz.
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
