namespace Simile.Audio.Files;

/// <summary>Chooses the reader of a file by its content.</summary>
internal static class SoundFile
{
    // Below, a file of some kilobytes would be hours of sound.
    private const int LeastRate = 100;

    /// <summary>Reads WAV, AIFF or AU from a stream.</summary>
    /// <exception cref="InvalidDataException">The sound is damaged.</exception>
    /// <exception cref="UnknownCodingException">It is of another kind.</exception>
    public static Waveform Read(Stream stream) => Begin(stream).ReadAll();

    /// <summary>Reads the header of WAV, AIFF or AU, up to the first sample.</summary>
    /// <exception cref="InvalidDataException">The sound is damaged.</exception>
    /// <exception cref="UnknownCodingException">It is of another kind.</exception>
    public static SampleReader Begin(Stream stream)
    {
        var file = new SoundStream(stream);
        Span<byte> first = stackalloc byte[12];
        if (!file.TryRead(first))
        {
            throw new InvalidDataException("it is too short");
        }

        file.BigEndian = first.StartsWith("RIFX"u8);
        var form = System.Text.Encoding.Latin1.GetString(first[..4]);
        return (form, System.Text.Encoding.Latin1.GetString(first[8..])) switch
        {
            ("RIFF" or "RF64" or "RIFX", "WAVE") => WavReader.Read(file),
            ("FORM", "AIFF" or "AIFC") => AiffReader.Read(file),
            (".snd", _) => AuReader.Read(file, first),
            _ => throw new UnknownCodingException("it is neither WAV nor AIFF nor AU"),
        };
    }

    /// <summary>A coding and rate that can be meant.</summary>
    /// <exception cref="InvalidDataException">They cannot.</exception>
    public static (SampleCoding Coding, int Rate) Check(SampleCoding coding, double rate) =>
        coding.Channels is < 1 or > SampleCoding.MaxChannels ? throw new InvalidDataException($"it says it has {coding.Channels} channels")
        : rate is not (>= LeastRate and <= Waveform.MaxSampleRate) ? throw new InvalidDataException($"it says it has {rate} samples a second, which is no sound")
        : (coding, (int)Math.Round(rate));
}
