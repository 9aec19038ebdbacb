using Simile.Audio.Files;

namespace Simile.Audio;

/// <summary>Sound of one channel: samples at a steady rate.</summary>
/// <remarks>Immutable as long as the caller leaves the samples alone; safe for concurrent readers.</remarks>
public sealed class Waveform
{
    /// <summary>The highest rate taken: a guess at what is still sound, and a guard against damaged headers.</summary>
    public const int MaxSampleRate = 4_000_000;

    /// <summary>Sees samples as sound, without a copy.</summary>
    /// <param name="samples">Samples, usually in [−1, 1).</param>
    /// <param name="sampleRate">Samples a second, 1 to <see cref="MaxSampleRate"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of range.</exception>
    public Waveform(ReadOnlyMemory<float> samples, int sampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleRate, MaxSampleRate);
        (Samples, SampleRate) = (samples, sampleRate);
    }

    /// <summary>The samples.</summary>
    public ReadOnlyMemory<float> Samples { get; }

    /// <summary>Samples a second (Hz).</summary>
    public int SampleRate { get; }

    /// <summary>How long it sounds.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds(Samples.Length / (double)SampleRate);

    /// <summary>Reads a file; several channels become their mean.</summary>
    /// <param name="path">WAV, AIFF, AU, FLAC, MP3, Ogg Vorbis or Opus; whatever else ffmpeg reads, where it is installed. The content decides, not the name.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, holds a sample that is no number, or is of a kind that needs ffmpeg and there is none.</exception>
    public static Waveform Load(string path)
    {
        using var sound = OpenSound.Open(path);
        return sound.ReadAll();
    }

    /// <summary>Reads the content of a file; several channels become their mean.</summary>
    /// <param name="file">Whatever <see cref="Load(string)"/> reads without ffmpeg.</param>
    /// <exception cref="InvalidDataException">The content is damaged, holds a sample that is no number, or is of another kind.</exception>
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

    /// <summary>Reads a file window by window, so that a recording of many hours takes no more memory than one of a minute.</summary>
    /// <param name="path">As for <see cref="Load(string)"/>.</param>
    /// <param name="length">How long a window is, above 0; ten seconds where nothing else is known.</param>
    /// <returns>The windows that <see cref="SoundWindow.Cut"/> would cut, each with its sound, in their order; none of a file without samples.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">As for <see cref="Load(string)"/>; thrown when the damage is reached, which may be after some windows.</exception>
    public static IEnumerable<(SoundWindow Window, Waveform Sound)> LoadWindows(string path, TimeSpan length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        return WindowReader.Read(path, length);
    }

    /// <summary>The same sound at another rate; itself where that is its rate.</summary>
    /// <remarks>Band-limited by a Kaiser-windowed sinc: see <see cref="Resampler"/>. The length is n · rate / <see cref="SampleRate"/>, rounded up.</remarks>
    /// <param name="rate">Samples a second.</param>
    public Waveform Resample(int rate) => rate == SampleRate ? this : new Waveform(Resampler.Resample(Samples.Span, SampleRate, rate), rate);

    /// <summary>A part of it: a view, not a copy. What lies beyond the end is left out.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="length">How long it is.</param>
    public Waveform Slice(TimeSpan start, TimeSpan length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(start, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, TimeSpan.Zero);
        var first = (int)Math.Min(Samples.Length, Math.Round(start.TotalSeconds * SampleRate));
        var count = (int)Math.Min(Samples.Length - first, Math.Round(length.TotalSeconds * SampleRate));
        return new Waveform(Samples.Slice(first, count), SampleRate);
    }
}
