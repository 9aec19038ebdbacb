using Simile.Audio.Files;
using Simile.Testing;

namespace Simile.Audio.Tests.Fuzz;

/// <summary>
/// Every reader over sounds that were changed at random: the answer is samples or one sentence, in bounded memory and time.
/// </summary>
public sealed class SoundFuzzTests : IDisposable
{
    private readonly string _folder = Assets.NewFolder();

    private static readonly Dictionary<string, Func<byte[]>> Makers = new()
    {
        ["wav"] = () => SmallSounds.Wav(1, 16),
        ["wav float"] = () => SmallSounds.Wav(3, 32),
        ["aiff"] = SmallSounds.Aiff,
        ["au"] = SmallSounds.Au,
        ["wav ima"] = () => Sounds.Riff(
            "RIFF",
            null,
            Sounds.Chunk("fmt ", [.. Sounds.Format(0x11, 1, 8000, 1, 4)[..12], .. Sounds.I16(8), .. Sounds.I16(4)]),
            Sounds.Chunk("data", new byte[32])),
        ["aiff ima"] = () => Sounds.Form("AIFC", Sounds.Chunk("COMM", Sounds.Common(1, 2, 16, "ima4"), isBig: true), Sounds.Chunk(
            "SSND", new byte[8 + 68], isBig: true)),
        ["aiff turned"] = () => Sounds.Form(
            "AIFF",
            Sounds.Chunk("SSND", [.. new byte[8], .. Sounds.Pcm(isBig: true)], isBig: true),
            Sounds.Chunk("COMM", Sounds.Common(1, 8, 16), isBig: true)),
        ["rf64"] = () =>
            Sounds.Riff("RF64", uint.MaxValue, Sounds.Chunk("ds64", [.. Sounds.I64(99), .. Sounds.I64(16), .. Sounds.I64(8), 0, 0, 0, 0]),
                Sounds.Chunk("fmt ", Sounds.Format(1, 1, 8000, 3, 20)), Sounds.Chunk("data", Sounds.Pcm(3), uint.MaxValue)),
        ["wave64"] = SmallSounds.Wave64,
        ["mp3"] = () => SmallSounds.Coded("tone.mp3"),
        ["vorbis"] = () => SmallSounds.Coded("tone.ogg"),
        ["opus"] = () => SmallSounds.Coded("tone.opus"),
        ["flac"] = () => SmallSounds.Coded("tone.flac"),
        ["ogg flac"] = () => SmallSounds.Coded("tone.oga"),
    };

    public static TheoryData<string> Kinds => [.. Makers.Keys];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_file_that_is_changed_is_good(string kind)
    {
        var path = Path.Combine(_folder, "good");
        File.WriteAllBytes(path, Makers[kind]());
        Assert.True(Read(path) > 0);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    // what a decoder decodes takes its time
    public void A_changed_file_is_read_or_refused_in_a_sentence(string kind) =>
        Fuzz(kind, Makers[kind](), Makers[kind]().Length > 1000 ? 80 : 800);

    [Fact]
    public void A_changed_golden_sound_is_read_or_refused_in_a_sentence()
    {
        foreach (var path in ReaderFuzz.Small("golden/audio")
            .Where(path => Path.GetExtension(path) is ".wav" or ".aiff" or ".aif" or ".aifc" or ".au" or ".snd"))
        {
            Fuzz(Path.GetFileName(path), File.ReadAllBytes(path), 60);
        }
    }

    private void Fuzz(string kind, byte[] good, int rounds) =>
        ReaderFuzz.Run(_folder, kind, good, Makers.Values.ElementAt(kind.Length % Makers.Count)(), Read, rounds);

    private static long Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var sound = SoundFile.Read(stream);
            Assert.InRange(sound.SampleRate, 1, Waveform.MaxSampleRate);
            return sound.Samples.Length;
        }
        catch (UnknownCodingException)
        {
            return 0; // ffmpeg's turn
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException(e.Message + ".", e); // SoundFile.Read(path) makes a sentence of it
        }
    }
}
