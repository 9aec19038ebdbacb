using Simile.Numerics;

namespace Simile.Audio.Tests;

// Equality with librosa, scipy, torchaudio and transformers is shown by golden/audio; this is what holds without it.
public class FeatureTests
{
    [Fact]
    public void A_tone_is_loudest_at_its_own_frequency()
    {
        var tone = Tone(1000, 16000, 16000);
        var power = Spectrogram.Power(tone.Samples.Span, new SpectrogramOptions { FftLength = 512, HopLength = 256 });
        Assert.Equal(32, Loudest(power[power.Count / 2]));
    }

    [Fact]
    public void Chroma_of_the_concert_pitch_is_a()
    {
        var powers = Spectrogram.Power(Tone(440, 22050, 22050).Samples.Span, new SpectrogramOptions());
        var chroma = Chroma.Build(powers, 22050);
        Assert.Equal(9, Loudest(chroma[chroma.Count / 2]));
    }

    [Fact]
    public void The_slope_of_a_straight_line_is_its_slope()
    {
        var line = new VectorMatrix(12, 1);
        for (var i = 0; i < line.Count; i++)
        {
            line[i][0] = 3 * i;
        }

        var slopes = Mfcc.Delta(line, width: 5);
        for (var i = 0; i < line.Count; i++)
        {
            Assert.Equal(3, slopes[i][0], 1e-4f);
        }
    }

    [Fact]
    public void Sound_shorter_than_a_frame_has_no_frames() =>
        Assert.Equal(0, Spectrogram.Power(new float[100], new SpectrogramOptions { FftLength = 512, Center = false }).Count);

    [Fact]
    public void Options_that_cannot_work_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Spectrogram.Power(new float[100], new SpectrogramOptions { HopLength = 0 }));
        Assert.Throws<ArgumentException>(() => Mfcc.Build(Tone(440, 8000, 8000), new MfccOptions { Coefficients = 200 }));
        Assert.Throws<ArgumentException>(() => new MelFilters(16000, 512, 40, 4000, 100));
    }

    [Fact]
    public void A_config_that_makes_no_sense_is_named()
    {
        var folder = Directory.CreateTempSubdirectory("simile-test-");
        try
        {
            var path = Path.Combine(folder.FullName, "preprocessor_config.json");
            File.WriteAllText(path, """{"feature_extractor_type": "WhisperFeatureExtractor", "hop_length": -1}""");
            Assert.Contains(
                "hop_length",
                Assert.Throws<InvalidDataException>(() => FeatureExtractor.Load(folder.FullName)).Message,
                StringComparison.Ordinal);
            File.WriteAllText(path, """{"feature_extractor_type": "Nobody"}""");
            Assert.Contains(
                "Nobody", Assert.Throws<NotSupportedException>(() => FeatureExtractor.Load(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Waveform Tone(double hertz, int rate, int count) =>
        new(Enumerable.Range(0, count).Select(i => (float)Math.Sin(2 * Math.PI * hertz * i / rate)).ToArray(), rate);

    private static int Loudest(Span<float> row)
    {
        var loudest = 0;
        for (var j = 1; j < row.Length; j++)
        {
            loudest = row[j] > row[loudest] ? j : loudest;
        }

        return loudest;
    }
}
