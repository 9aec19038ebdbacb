using Simile.Audio;
using Simile.Imaging;
using Simile.Testing;

namespace Simile.Models.Tests;

public class SpectrogramPictureTests
{
    [Fact]
    public void A_tone_is_a_bright_line_at_its_height_and_survives_png()
    {
        var samples = new float[16000];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = MathF.Sin(2 * MathF.PI * 500 * i / 16000);
        }

        var picture = SpectrogramPicture.Build(new Waveform(samples, 16000), 64);
        Assert.Equal((63, 64, 3), (picture.Width, picture.Height, picture.Channels));
        var rows = Enumerable.Range(0, 64).Select(y => (int)picture.Pixels[3 * ((y * 63) + 30)]).ToArray();
        Assert.Equal(rows.Max(), rows[50..58].Max());
        Assert.True(rows[10] < 40);

        var path = Path.Combine(Assets.NewFolder(), "tone.png");
        picture.SavePng(path);
        Assert.True(picture.Pixels.SequenceEqual(Picture.Load(path).Pixels));
    }

    [Fact]
    public void Short_sounds_are_drawn_and_empty_ones_refused()
    {
        Assert.Equal(1, SpectrogramPicture.Build(new Waveform(new float[10], 8000)).Width);
        Assert.Throws<ArgumentException>(() => SpectrogramPicture.Build(new Waveform(Array.Empty<float>(), 8000)));
    }
}
