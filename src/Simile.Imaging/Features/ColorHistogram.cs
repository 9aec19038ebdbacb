namespace Simile.Imaging.Features;

/// <summary>A color histogram: one histogram per channel, concatenated, or one joint histogram of all three channels.</summary>
/// <remarks>
/// Bins of RGB and HSV are computed with integers, so rounding cannot change the bin: v · bins / 255, at most bins − 1. Lab: L* from 0 to
/// 100, a* and b* from −128 to 128, in bins of equal width. Alpha is ignored, and a gray picture has three equal channels.
/// </remarks>
public sealed record ColorHistogram : PictureFeature
{
    private const int MostBins = 256;
    private const int MostJointBins = 1 << 16;

    /// <summary>The channels. <see cref="ColorSpace.Hsv"/> by default.</summary>
    public ColorSpace Space { get; init; } = ColorSpace.Hsv;

    /// <summary>Bins of each channel, 1 to 256. 18, 8 and 8 by default, because hue carries the most information.</summary>
    public (int First, int Second, int Third) Bins { get; init; } = (18, 8, 8);

    /// <summary>Whether the histogram is joint: First · Second · Third bins instead of First + Second + Third.</summary>
    public bool IsJoint { get; init; }

    /// <summary>Whether bins hold pixel counts instead of fractions.</summary>
    public bool IsCount { get; init; }

    /// <inheritdoc/>
    public override string Name =>
        $"color({Space.ToString().ToLowerInvariant()},{Bins.First}x{Bins.Second}x{Bins.Third}{(IsJoint ? ",joint" : string.Empty)}"
        + $"{(IsCount ? ",counts" : string.Empty)})";

    /// <inheritdoc/>
    public override int Dimensions => IsJoint ? Bins.First * Bins.Second * Bins.Third : Bins.First + Bins.Second + Bins.Third;

    /// <inheritdoc/>
    public override float[] Compute(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        Validate();
        var counts = new int[Dimensions];
        var pixels = picture.Pixels;
        var channels = picture.Channels;
        for (var i = 0; i < pixels.Length; i += channels)
        {
            var (r, g, b) = channels < 3 ? (pixels[i], pixels[i], pixels[i]) : (pixels[i], pixels[i + 1], pixels[i + 2]);
            var (first, second, third) = BinOf(r, g, b);
            if (IsJoint)
            {
                counts[(((first * Bins.Second) + second) * Bins.Third) + third]++;
            }
            else
            {
                counts[first]++;
                counts[Bins.First + second]++;
                counts[Bins.First + Bins.Second + third]++;
            }
        }

        var count = pixels.Length / channels;
        return Array.ConvertAll(counts, bin => IsCount ? bin : (float)((double)bin / count));
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        foreach (var bins in (int[])[Bins.First, Bins.Second, Bins.Third])
        {
            if (bins is < 1 or > MostBins)
            {
                throw new ArgumentException($"The number of bins of a channel is {bins}, but must be 1 to {MostBins}.");
            }
        }

        if (IsJoint && (long)Bins.First * Bins.Second * Bins.Third > MostJointBins)
        {
            throw new ArgumentException(
                $"{Bins.First} x {Bins.Second} x {Bins.Third} joint bins are more than the maximum of {MostJointBins:N0}: "
                + "use fewer bins per channel.");
        }
    }

    private (int First, int Second, int Third) BinOf(byte r, byte g, byte b) => Space switch
    {
        ColorSpace.Rgb => (Bin(r, Bins.First), Bin(g, Bins.Second), Bin(b, Bins.Third)),
        ColorSpace.Hsv => Hsv(r, g, b),
        _ => LabBins(r, g, b),
    };

    private static int Bin(int level, int bins) => Math.Min(level * bins / 255, bins - 1);

    private (int Hue, int Saturation, int Value) Hsv(int r, int g, int b)
    {
        var (max, min) = (Math.Max(r, Math.Max(g, b)), Math.Min(r, Math.Min(g, b)));
        var chroma = max - min;
        var sixth = max == r ? g - b : max == g ? (2 * chroma) + b - r : (4 * chroma) + r - g;
        sixth += sixth < 0 ? 6 * chroma : 0;
        return (chroma == 0 ? 0 : sixth * Bins.First / (6 * chroma),
            max == 0 ? 0 : Math.Min(chroma * Bins.Second / max, Bins.Second - 1), Bin(max, Bins.Third));
    }

    private (int Lightness, int A, int B) LabBins(byte r, byte g, byte b)
    {
        var (lightness, a, blue) = LabColor.Of(r, g, b);
        return (Part(lightness / 100, Bins.First), Part((a + 128) / 256, Bins.Second), Part((blue + 128) / 256, Bins.Third));
    }

    private static int Part(double share, int bins) => Math.Clamp((int)(share * bins), 0, bins - 1);
}
