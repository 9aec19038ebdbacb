namespace Simile.Models.Sound.Files;

/// <summary>Chooses the reader of a file by its content.</summary>
internal static class SoundFile
{
    public static Waveform Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no sound file {path}.");
        }

        try
        {
            using var stream = new BufferedStream(File.OpenRead(path), 1 << 16);
            return Read(stream);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path} cannot be read as sound: {e.Message}.", e);
        }
        catch (UnknownCodingException e)
        {
            return Ffmpeg.Read(path, e.Message);
        }
    }

    /// <summary>Reads WAV, AIFF or AU from a stream.</summary>
    /// <exception cref="InvalidDataException">The sound is damaged.</exception>
    /// <exception cref="UnknownCodingException">It is of another kind.</exception>
    public static Waveform Read(Stream stream)
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
        : rate is not (>= 1 and <= Waveform.MaxSampleRate) ? throw new InvalidDataException($"it says it has {rate} samples a second")
        : (coding, (int)Math.Round(rate));
}
