using Simile.Audio.Files;

namespace Simile.Audio;

/// <summary>A mono sound: samples at a constant rate.</summary>
/// <remarks>Immutable if the caller does not change the samples. Safe for concurrent readers.</remarks>
public sealed class Waveform
{
    /// <summary>The highest accepted sample rate. Guards against damaged headers.</summary>
    public const int MaxSampleRate = 4_000_000;

    /// <summary>Wraps samples as a sound, without a copy.</summary>
    /// <param name="samples">Samples, usually in [−1, 1).</param>
    /// <param name="sampleRate">Samples per second, 1 to <see cref="MaxSampleRate"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of range.</exception>
    public Waveform(ReadOnlyMemory<float> samples, int sampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleRate, MaxSampleRate);
        (Samples, SampleRate) = (samples, sampleRate);
    }

    /// <summary>The amplitudes in time order, usually in [−1, 1). Not copied from what the constructor was given.</summary>
    public ReadOnlyMemory<float> Samples { get; }

    /// <summary>Samples per second (Hz).</summary>
    public int SampleRate { get; }

    /// <summary>Number of samples divided by the sample rate.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds(Samples.Length / (double)SampleRate);

    /// <summary>Loads a file. Several channels are averaged.</summary>
    /// <param name="path">
    /// WAV, AIFF, AU, FLAC, MP3, Ogg Vorbis or Opus; other formats through ffmpeg if it is installed. The content decides, not the file
    /// name.
    /// </param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, holds a sample that is not finite, or needs ffmpeg, which is not installed.
    /// </exception>
    public static Waveform Load(string path)
    {
        using var sound = OpenSound.Open(path);
        return sound.ReadAll();
    }

    /// <summary>Loads a sound from the bytes of a file. Several channels are averaged.</summary>
    /// <param name="file">Any format that <see cref="Load(string)"/> reads without ffmpeg.</param>
    /// <exception cref="InvalidDataException">The content is damaged, holds a sample that is not finite, or has another format.</exception>
    public static Waveform Load(ReadOnlyMemory<byte> file)
    {
        try
        {
            using var stream = new MemoryStream(file.ToArray(), writable: false);
            return SoundFile.Read(stream);
        }
        catch (Exception e) when (e is InvalidDataException or UnknownCodingException or EndOfStreamException)
        {
            throw new InvalidDataException($"The sound cannot be read: {e.Message}.", e);
        }
    }

    /// <summary>Reads a file window by window, so that memory does not grow with the length of the recording.</summary>
    /// <param name="path">As for <see cref="Load(string)"/>.</param>
    /// <param name="length">The length of a window, above 0. Ten seconds is the usual choice.</param>
    /// <returns>The windows of <see cref="SoundWindow.Cut"/> in order, each with its sound. Empty for a file without samples.</returns>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">
    /// As for <see cref="Load(string)"/>. Thrown when the damage is reached, possibly after some windows.
    /// </exception>
    public static IEnumerable<(SoundWindow Window, Waveform Sound)> LoadWindows(string path, TimeSpan length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        return WindowReader.Read(path, length);
    }

    /// <summary>Resamples the sound. Returns itself if it already has that rate.</summary>
    /// <remarks>
    /// Band-limited by a Kaiser-windowed sinc (see <see cref="Resampler"/>). The length is n · rate / <see cref="SampleRate"/>, rounded up.
    /// </remarks>
    /// <param name="rate">Samples per second.</param>
    public Waveform Resample(int rate) =>
        rate == SampleRate ? this : new Waveform(Resampler.Resample(Samples.Span, SampleRate, rate), rate);

    /// <summary>A part of the sound: a view, not a copy. It ends with the sound.</summary>
    /// <param name="start">Start of the part.</param>
    /// <param name="length">Length of the part.</param>
    public Waveform Slice(TimeSpan start, TimeSpan length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(start, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, TimeSpan.Zero);
        var first = (int)Math.Min(Samples.Length, Math.Round(start.TotalSeconds * SampleRate));
        var count = (int)Math.Min(Samples.Length - first, Math.Round(length.TotalSeconds * SampleRate));
        return new Waveform(Samples.Slice(first, count), SampleRate);
    }
}
