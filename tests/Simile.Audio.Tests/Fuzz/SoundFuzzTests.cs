using Simile.Audio.Files;
using Simile.Testing;

namespace Simile.Audio.Tests.Fuzz;

/// <summary>Every reader over sounds that were changed at random: the answer is samples or one sentence, in bounded memory and time.</summary>
public sealed class SoundFuzzTests : IDisposable
{
    private readonly string _folder = Assets.NewFolder();

    private static readonly Dictionary<string, Func<byte[]>> Sounds = new()
    {
        ["wav"] = () => SmallSounds.Wav(1, 16),
        ["wav float"] = () => SmallSounds.Wav(3, 32),
        ["aiff"] = SmallSounds.Aiff,
        ["au"] = SmallSounds.Au,
    };

    public static TheoryData<string> Kinds => [.. Sounds.Keys];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_file_that_is_changed_is_good(string kind)
    {
        var path = Path.Combine(_folder, "good");
        File.WriteAllBytes(path, Sounds[kind]());
        Assert.True(Read(path) > 0);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_changed_file_is_read_or_refused_in_a_sentence(string kind) => Fuzz(kind, Sounds[kind](), 800);

    [Fact]
    public void A_changed_golden_sound_is_read_or_refused_in_a_sentence()
    {
        foreach (var path in ReaderFuzz.Small("golden/audio").Where(path => Path.GetExtension(path) is ".wav" or ".aiff" or ".aif" or ".aifc" or ".au" or ".snd"))
        {
            Fuzz(Path.GetFileName(path), File.ReadAllBytes(path), 60);
        }
    }

    private void Fuzz(string kind, byte[] good, int rounds) =>
        ReaderFuzz.Run(_folder, kind, good, Sounds.Values.ElementAt(kind.Length % Sounds.Count)(), Read, rounds);

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
