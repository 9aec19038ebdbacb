using Simile.Audio;
using Simile.Imaging;
using Simile.Numerics;

namespace Simile.Models;

/// <summary>
/// Draws the mel spectrogram of a sound: time from left to right, low bands at the bottom, loud is bright. For people, and for image
/// networks.
/// </summary>
public static class SpectrogramPicture
{
    private const int FftLength = 1024;
    private const int HopLength = 256;
    private const float Range = 80;

    // Dark blue, violet, orange, light yellow: brightness follows the level, also in grayscale.
    private static readonly (float Red, float Green, float Blue)[] Colors = [(5, 8, 40), (120, 28, 109), (237, 105, 37), (252, 255, 200)];

    /// <summary>Draws a spectrogram.</summary>
    /// <param name="sound">The sound. Padded with silence to one frame.</param>
    /// <param name="bands">Number of mel bands, which are the rows, 1 to 512.</param>
    /// <returns>RGB with one column per frame of 1,024 samples, one every 256; levels from −80 dB to the maximum.</returns>
    /// <exception cref="ArgumentException">The sound has no samples.</exception>
    public static Picture Build(Waveform sound, int bands = 128)
    {
        ArgumentNullException.ThrowIfNull(sound);
        ArgumentOutOfRangeException.ThrowIfLessThan(bands, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bands, 512);
        if (sound.Samples.IsEmpty)
        {
            throw new ArgumentException("The sound has no samples.", nameof(sound));
        }

        var levels = Levels(sound, bands);
        var picture = new Picture(levels.Count, bands, 3, new byte[3 * levels.Count * bands]);
        for (var frame = 0; frame < levels.Count; frame++)
        {
            for (var band = 0; band < bands; band++)
            {
                Paint(picture.Pixels.Slice(3 * (((bands - 1 - band) * levels.Count) + frame), 3), levels[frame][band]);
            }
        }

        return picture;
    }

    // Decibels below the loudest, 0 down to minus the range.
    private static VectorMatrix Levels(Waveform sound, int bands)
    {
        var options = new SpectrogramOptions { FftLength = FftLength, HopLength = HopLength };
        var power = new MelFilters(sound.SampleRate, FftLength, bands, 0, sound.SampleRate / 2.0)
            .Apply(Spectrogram.Power(sound.Samples.Span, options));
        var loudest = 1e-10f;
        foreach (var value in power.AsSpan())
        {
            loudest = MathF.Max(loudest, value);
        }

        Decibels.FromPower(power, loudest, range: Range);
        return power;
    }

    private static void Paint(Span<byte> pixel, float level)
    {
        var place = Math.Clamp(1 + (level / Range), 0, 1) * (Colors.Length - 1);
        var lower = Math.Min((int)place, Colors.Length - 2);
        var (from, to, share) = (Colors[lower], Colors[lower + 1], place - lower);
        pixel[0] = (byte)(from.Red + (share * (to.Red - from.Red)));
        pixel[1] = (byte)(from.Green + (share * (to.Green - from.Green)));
        pixel[2] = (byte)(from.Blue + (share * (to.Blue - from.Blue)));
    }
}
