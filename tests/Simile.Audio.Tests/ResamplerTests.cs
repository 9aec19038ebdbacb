namespace Simile.Audio.Tests;

public class ResamplerTests
{
    [Theory]
    [InlineData(44100, 16000)]
    [InlineData(8000, 16000)]
    [InlineData(11025, 48000)]
    [InlineData(16001, 16000)]
    [InlineData(96000, 8000)]
    public void A_tone_stays_the_same_tone(int from, int to)
    {
        const double Hertz = 440;
        float[] Tone(int rate, int count) => [.. Enumerable.Range(0, count).Select(i => (float)Math.Sin(2 * Math.PI * Hertz * i / rate))];
        var resampled = new Waveform(Tone(from, from / 4), from).Resample(to).Samples.Span;
        Assert.Equal((int)Math.Ceiling(from / 4 * (double)to / from), resampled.Length);
        var expected = Tone(to, resampled.Length);
        for (var i = resampled.Length / 4; i < resampled.Length * 3 / 4; i++)
        {
            Assert.Equal(expected[i], resampled[i], 1e-4f);
        }
    }

    [Fact]
    public void The_same_rate_is_no_work()
    {
        var sound = new Waveform(new float[] { 1, 2 }, 8000);
        Assert.Same(sound, sound.Resample(8000));
    }
}
