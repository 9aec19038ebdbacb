using System.Text;

namespace Simile.Audio.Files;

/// <summary>Chooses the reader of a file by its content.</summary>
internal static class SoundFile
{
    // The lowest plausible sample rate. With less, a file of a few kilobytes would be hours of sound.
    private const int LeastRate = 100;

    private const int FirstBytes = 12;

    /// <summary>Reads a whole sound from a stream.</summary>
    /// <exception cref="InvalidDataException">The sound is damaged.</exception>
    /// <exception cref="UnknownCodingException">The format is not supported.</exception>
    public static Waveform Read(Stream stream) => Begin(stream).ReadAll();

    /// <summary>Reads the header of a sound up to the first sample. Skips an ID3 tag.</summary>
    /// <exception cref="InvalidDataException">The sound is damaged.</exception>
    /// <exception cref="UnknownCodingException">The format is not supported.</exception>
    public static SampleReader Begin(Stream stream)
    {
        var file = new SoundStream(stream);
        Id3.Skip(file);
        var first = file.Peek(FirstBytes);
        if (first.StartsWith("fLaC"u8))
        {
            return FlacReader.Open(file.Following);
        }

        if (first.StartsWith("OggS"u8))
        {
            return OggFile.Open(file.Following);
        }

        if (!IsContainer(first) && Mp3Frame.IsAt(file))
        {
            return Mp3Reader.Open(file.Following);
        }

        return first.Length < FirstBytes ? throw new InvalidDataException("it is too short") : BeginContainer(file);
    }

    /// <summary>Checks the coding and the rate.</summary>
    /// <exception cref="InvalidDataException">The number of channels or the rate is implausible.</exception>
    public static (SampleCoding Coding, int Rate) Check(SampleCoding coding, double rate) =>
        coding.Channels is < 1 or > SampleCoding.MaxChannels
            ? throw new InvalidDataException($"its header says that it has {coding.Channels} channels")
        : rate is not (>= LeastRate and <= Waveform.MaxSampleRate) ? throw new InvalidDataException(
            $"its header says {rate} samples per second, which is out of range")
        : (coding, (int)Math.Round(rate));

    private static bool IsContainer(ReadOnlySpan<byte> first) =>
        first.StartsWith("RIFF"u8) || first.StartsWith("RIFX"u8) || first.StartsWith("RF64"u8)
        || first.StartsWith("BW64"u8) || first.StartsWith("FORM"u8)
        || first.StartsWith(".snd"u8) || first.StartsWith("dns."u8) || first.StartsWith(WavReader.Wave64Start);

    private static SampleReader BeginContainer(SoundStream file)
    {
        Span<byte> first = stackalloc byte[FirstBytes];
        file.TryRead(first);
        file.BigEndian = first.StartsWith("RIFX"u8);
        return (Encoding.Latin1.GetString(first[..4]), Encoding.Latin1.GetString(first[8..])) switch
        {
            ("RIFF" or "RF64" or "BW64" or "RIFX", "WAVE") => WavReader.Read(file, first),
            ("FORM", "AIFF" or "AIFC") => AiffReader.Read(file),
            (".snd" or "dns.", _) => AuReader.Read(file, first),
            _ when first.SequenceEqual(WavReader.Wave64Start) => WavReader.ReadWave64(file),
            _ => throw new UnknownCodingException("it is none of WAV, AIFF, AU, MP3, FLAC, Ogg Vorbis and Opus"),
        };
    }
}
