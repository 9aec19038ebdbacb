using Simile.Audio.Features;

namespace Simile.Audio.Tests.Features;

public class SoundFeatureTests
{
    [Theory]
    [InlineData("mfcc", 38)]
    [InlineData("mfcc(13)", 24)]
    [InlineData("chroma", 24)]
    [InlineData("spectral", 12)]
    public void A_name_says_all_that_changes_the_numbers(string name, int dimensions)
    {
        var feature = SoundFeature.Parse(name);
        Assert.Equal(name, feature.Name);
        var vector = feature.Compute(Tone(440, 16_000));
        Assert.Equal((dimensions, dimensions), (feature.Dimensions, vector.Length));
        Assert.All(vector, number => Assert.True(float.IsFinite(number)));
    }

    [Theory]
    [InlineData("mfcc(1)")]
    [InlineData("mfcc(x)")]
    [InlineData("tone")]
    public void What_is_no_feature_is_refused(string name) =>
        Assert.Contains(
            "there are mfcc", Assert.Throws<ArgumentException>(() => SoundFeature.Parse(name)).Message, StringComparison.Ordinal);

    [Fact]
    public void Chroma_is_strongest_at_the_note_that_sounds()
    {
        var vector = new ChromaFeature().Compute(Tone(440, 44_100));
        Assert.Equal(9, Array.IndexOf(vector, vector[..12].Max())); // A is the tenth from C
    }

    [Fact]
    public void A_higher_tone_is_brighter_whatever_its_rate()
    {
        var feature = new SpectralFeature();
        Assert.InRange(feature.Compute(Tone(1000, 22_050))[0], 0.08f, 0.11f); // 1,000 of 11,025 Hz
        Assert.Equal(feature.Compute(Tone(3000, 22_050))[0], feature.Compute(Tone(3000, 48_000))[0], 0.02f);
        Assert.Throws<ArgumentException>(() => feature.Compute(new Waveform(ReadOnlyMemory<float>.Empty, 8000)));
    }

    [Fact]
    public void Loudness_has_no_part_in_mfcc()
    {
        var (loud, soft) = (new MfccFeature().Compute(Tone(500, 22_050, 0.8f)), new MfccFeature().Compute(Tone(500, 22_050, 0.2f)));
        Assert.All(loud.Zip(soft).Take(19), pair => Assert.Equal(pair.First, pair.Second, 0.5f));
    }

    private static Waveform Tone(double frequency, int rate, float amplitude = 0.5f)
    {
        var random = new Random(1);
        return new Waveform(
            Enumerable.Range(0, rate)
                .Select(i => (float)(amplitude * (Math.Sin(2 * Math.PI * frequency * i / rate) + (0.001 * random.NextDouble()))))
                .ToArray(),
            rate);
    }
}
