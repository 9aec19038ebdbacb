using Simile.Audio.Files;
using Simile.Testing;

namespace Simile.Audio.Tests;

/// <summary>
/// MP3, Vorbis, Opus and FLAC without any program beside. The files in Coded/ hold a quarter of a second of two tones, made by lame 3.100,
/// oggenc 1.4.2, opusenc 0.2 and flac 1.4.2; the right channel of the stereo ones is half as loud.
/// </summary>
public class CodedSoundTests
{
    [Theory]
    [InlineData("tone.mp3", 16000, 0.999)]
    [InlineData("stereo.mp3", 48000, 0.999)]
    [InlineData("tone.ogg", 16000, 0.99)]
    [InlineData("stereo.ogg", 48000, 0.99)]
    [InlineData("tone.opus", 48000, 0.98)]
    [InlineData("stereo.opus", 48000, 0.98)]
    [InlineData("tone.flac", 16000, 0.999999)]
    [InlineData("stereo.flac", 48000, 0.999999)]
    [InlineData("tone.oga", 16000, 0.999999)]
    public void A_coded_tone_comes_out_in_its_place_and_length(string name, int rate, double likeness)
    {
        var sound = SoundFile.Read(new MemoryStream(Coded(name)));
        Assert.Equal((rate, rate / 4), (sound.SampleRate, sound.Samples.Length));
        Assert.InRange(Likeness(sound, name.StartsWith("stereo", StringComparison.Ordinal) ? 0.75 : 1), likeness, 1 + 1e-9);
    }

    [Fact]
    public void Without_a_tag_the_silence_of_the_encoder_stays() =>
        Assert.Equal(0, SoundFile.Read(new MemoryStream(Coded("untagged.mp3"))).Samples.Length % 576);

    [Fact]
    public void Bytes_before_the_first_frame_of_an_MP3_are_left_out()
    {
        var plain = SoundFile.Read(new MemoryStream(Coded("tone.mp3"))).Samples.ToArray();
        byte[] tag = [.. "ID3"u8, 3, 0, 0, 0, 0, 0, 5, 1, 2, 3, 4, 5];
        byte[] apart = [0, 0, 0xFF, 0xFB, 1, 2, 3];
        Assert.Equal(plain, SoundFile.Read(new MemoryStream([.. tag, .. Coded("tone.mp3")])).Samples.ToArray());
        Assert.Equal(plain, SoundFile.Read(new MemoryStream([.. tag, .. apart, .. Coded("tone.mp3")])).Samples.ToArray());
        Assert.Equal(plain, SoundFile.Read(new MemoryStream([.. Coded("tone.mp3"), .. "TAG"u8, .. new byte[125]])).Samples.ToArray());
    }

    [Fact]
    public void An_MP3_in_a_WAV_is_read()
    {
        var wav = Sounds.Riff("RIFF", null, Sounds.Chunk("fmt ", [.. Sounds.Format(0x55, 1, 16000, 1, 0), .. new byte[14]]), Sounds.Chunk(
            "data", Coded("tone.mp3")));
        Assert.Equal(
            SoundFile.Read(new MemoryStream(Coded("tone.mp3"))).Samples.ToArray(), SoundFile.Read(new MemoryStream(wav)).Samples.ToArray());
    }

    [Theory]
    [InlineData("tone.ogg")]
    [InlineData("tone.opus")]
    public void Chained_streams_are_one_sound(string name)
    {
        var once = SoundFile.Read(new MemoryStream(Coded(name))).Samples.ToArray();
        var twice = SoundFile.Read(new MemoryStream([.. Coded(name), .. Coded(name)])).Samples.ToArray();
        Assert.Equal([.. once, .. once], twice);
    }

    [Theory]
    [InlineData("tone.mp3")]
    [InlineData("tone.ogg")]
    [InlineData("tone.opus")]
    [InlineData("tone.flac")]
    [InlineData("tone.oga")]
    public void Windows_of_a_file_and_a_pipe_give_what_the_whole_file_does(string name)
    {
        var path = Path.Combine(Assets.Repository, "tests", "Simile.Audio.Tests", "Coded", name);
        var whole = Waveform.Load(path);
        var parts = Waveform.LoadWindows(path, TimeSpan.FromSeconds(0.1)).Select(part => part.Sound).ToArray();
        Assert.Equal(whole.Samples.ToArray(), parts.SelectMany(part => part.Samples.ToArray()));
        using var pipe = new ForwardStream(new MemoryStream(Coded(name)));
        Assert.Equal(whole.Samples.ToArray(), SoundFile.Read(pipe).Samples.ToArray());
    }

    [Theory]
    [InlineData("tone.flac")]
    [InlineData("tone.oga")]
    [InlineData("tone.ogg")]
    [InlineData("tone.opus")]
    [InlineData("tone.mp3")]
    public void A_file_that_is_cut_off_is_read_as_far_as_it_goes_or_refused(string name)
    {
        var (whole, bytes) = (SoundFile.Read(new MemoryStream(Coded(name))).Samples.Length, Coded(name));
        for (var length = 0; length < bytes.Length; length += 7)
        {
            try
            {
                Assert.InRange(SoundFile.Read(new MemoryStream(bytes[..length])).Samples.Length, 0, whole + 1152);
            }
            catch (Exception e) when (e is InvalidDataException or UnknownCodingException)
            {
                Assert.InRange(e.Message.Length, 10, 200);
            }
        }
    }

    [Fact]
    public void A_FLAC_whose_checksum_is_wrong_is_refused()
    {
        var bytes = Coded("tone.flac");
        bytes[^1] ^= 1;
        Assert.Contains(
            "FLAC", Assert.Throws<InvalidDataException>(() => SoundFile.Read(new MemoryStream(bytes))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("golden/audio/decode/flac16.flac")]
    public void The_golden_FLAC_equals_the_WAV_of_the_same_sound(string name) =>
        Assert.Equal(
            Waveform.Load(Assets.Require("golden/audio/decode/pcm16.wav")).Samples.ToArray(),
            Waveform.Load(Assets.Require(name)).Samples.ToArray());

    private static byte[] Coded(string name) =>
        File.ReadAllBytes(Path.Combine(Assets.Repository, "tests", "Simile.Audio.Tests", "Coded", name));

    // The cosine of the sound and the tones that were coded, at the loudness that they have: 1 for the same.
    private static double Likeness(Waveform sound, double loudness)
    {
        var (products, squares, tones) = (0.0, 0.0, 0.0);
        var samples = sound.Samples.Span;
        var count = samples.Length;
        for (var i = 0; i < count; i++)
        {
            var time = i / (double)sound.SampleRate;
            var tone = loudness * ((0.5 * Math.Sin(2 * Math.PI * 440 * time)) + (0.2 * Math.Sin(2 * Math.PI * 1000 * time)))
                * Math.Min(1, Math.Min(i, count - 1 - i) / 200.0);
            (products, squares, tones) =
                (products + (samples[i] * tone), squares + ((double)samples[i] * samples[i]), tones + (tone * tone));
        }

        Assert.InRange(squares / tones, 0.9, 1.1);
        return products / Math.Sqrt(squares * tones);
    }
}
