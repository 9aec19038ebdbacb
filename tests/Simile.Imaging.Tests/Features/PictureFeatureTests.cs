using Simile.Imaging.Features;

namespace Simile.Imaging.Tests.Features;

public class PictureFeatureTests
{
    [Theory]
    [InlineData("pixels", "pixels(28x28)", 784)]
    [InlineData("pixels(8x4,inverted,bytes,across)", "pixels(8x4,bytes,inverted,across)", 32)]
    [InlineData("color", "color(hsv,18x8x8)", 34)]
    [InlineData("colour(lab,4,joint,counts)", "color(lab,4x4x4,joint,counts)", 64)]
    [InlineData("hog", "hog(128x128,9,cell=8x8,block=2x2,l2hys)", 8100)]
    [InlineData("hog(64x128)", "hog(64x128,9,cell=8x8,block=2x2,l2hys)", 3780)]
    [InlineData("hog(32x32,6,cell=6x7,block=3x2,l1sqrt,sqrt,rgb)", "hog(32x32,6,cell=6x7,block=3x2,l1sqrt,sqrt,rgb)", 324)]
    [InlineData("lbp", "lbp(p=8,r=1,uniform)", 10)]
    [InlineData("lbp(p=12,r=2.5,nriuniform)", "lbp(p=12,r=2.5,nriuniform)", 135)]
    [InlineData("hu", "hu", 7)]
    [InlineData("phash(average)", "phash(average)", 64)]
    public void A_name_says_all_that_changes_the_numbers(string name, string whole, int dimensions)
    {
        var feature = PictureFeature.Parse(name);
        Assert.Equal(whole, feature.Name);
        Assert.Equal(feature, PictureFeature.Parse(feature.Name));
        Assert.Equal(dimensions, feature.Dimensions);
        Assert.Equal(dimensions, feature.Compute(Noise(50, 40, 3, seed: 1)).Length);
    }

    [Theory]
    [InlineData("shape", "picture feature \"shape\" does not exist")]
    [InlineData("hog(64x128", "closing")]
    [InlineData("hog(l3)", "\"l3\" is not an option of hog")]
    [InlineData("hog(8x8)", "smaller than a block")]
    [InlineData("hog(0)", "orientations")]
    [InlineData("pixels(0x5)", "Width")]
    [InlineData("color(300)", "bins")]
    [InlineData("color(200,joint)", "joint bins")]
    [InlineData("lbp(p=1)", "points")]
    [InlineData("lbp(r=0)", "radius")]
    [InlineData("phash(7)", "\"7\" is not an option")]
    public void Options_that_cannot_be_are_refused_in_a_sentence(string name, string reason) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => PictureFeature.Parse(name)).Message, StringComparison.Ordinal);

    // numpy on paper: the ring of 5 around 1 has all points lighter; beyond the border is 0.
    [Fact]
    public void Local_binary_patterns_count_the_lighter_points()
    {
        var picture = new Picture(3, 3, 1, [5, 5, 5, 5, 1, 5, 5, 5, 5]);
        var codes = new LocalBinaryPatterns().Codes(picture);
        Assert.Equal(8, codes[4]);
        Assert.Equal(255, new LocalBinaryPatterns { Method = LbpMethod.Default }.Codes(picture)[4]);
        Assert.Equal(9, codes[3]); // right is darker, above and below equal, left outside: more than two changes
        Assert.Equal(1, new LocalBinaryPatterns().Compute(picture).Sum(), 1e-6f);
    }

    [Fact]
    public void Patterns_that_turn_into_each_other_do_not_change_when_the_picture_turns()
    {
        var picture = Noise(20, 20, 1, seed: 2);
        var turned = new Picture(20, 20, 1, [.. Enumerable.Range(0, 400).Select(i => picture.Pixels[((i % 20) * 20) + 19 - (i / 20)])]);
        var feature = new LocalBinaryPatterns { Method = LbpMethod.Ror };
        Assert.Equal(Inner(feature.Codes(picture)), Turn(Inner(feature.Codes(turned))));
    }

    [Fact]
    public void Hu_moments_do_not_change_when_a_shape_moves_turns_or_doubles()
    {
        var shape = Shape(40, 40, 5, 5, 1);
        var expected = HuMoments.Moments(shape);
        foreach (var other in (Picture[])[Shape(60, 50, 20, 10, 1), new Picture(
            40, 40, 1, [.. Enumerable.Range(0, 1600).Select(i => shape.Pixels[((i % 40) * 40) + 39 - (i / 40)])])])
        {
            AssertNear(expected, HuMoments.Moments(other), 1e-9);
        }

        AssertNear(expected[..1], HuMoments.Moments(Shape(80, 80, 10, 10, 2))[..1], expected[0] * 0.02);
        var mirrored = new Picture(40, 40, 1, [.. Enumerable.Range(0, 1600).Select(i => shape.Pixels[(i / 40 * 40) + 39 - (i % 40)])]);
        Assert.Equal(-expected[6], HuMoments.Moments(mirrored)[6], 1e-12);
        Assert.All(new HuMoments().Compute(new Picture(2, 2, 1, new byte[4])), moment => Assert.Equal(0, moment));
    }

    // local_binary_pattern of scikit-image 0.19.3 on the same picture: the sum of the codes, and their sum weighted by 1 to 7 over and
    // over.
    [Theory]
    [InlineData(8, 1, LbpMethod.Uniform, 517, 1720)]
    [InlineData(8, 1, LbpMethod.Ror, 5111, 17998)]
    [InlineData(8, 1, LbpMethod.Default, 7551, 22196)]
    [InlineData(8, 1, LbpMethod.NriUniform, 3393, 11081)]
    [InlineData(12, 2.5, LbpMethod.Uniform, 697, 2147)]
    [InlineData(12, 2.5, LbpMethod.NriUniform, 7375, 22596)]
    [InlineData(16, 2, LbpMethod.Uniform, 969, 3065)]
    public void Local_binary_patterns_are_those_of_scikit_image(int points, double radius, LbpMethod method, int sum, int weighted)
    {
        var codes = new LocalBinaryPatterns { Points = points, Radius = radius, Method = method }.Codes(Ramp());
        Assert.Equal((sum, weighted), (codes.Sum(), codes.Select((code, i) => code * ((i % 7) + 1)).Sum()));
    }

    // moments_hu of scikit-image 0.19.3, whose x runs down: the seventh moment has the other sign there.
    [Fact]
    public void Hu_moments_are_those_of_scikit_image()
    {
        double[] expected =
        [
            0.001394110586709149, 1.4115511565119243e-07, 7.802715896592543e-13, 1.1764388788120477e-12, -1.0750580720070748e-24,
            -4.385840133733778e-16, 3.3865821057471357e-25,
        ];
        Assert.All(expected.Zip(HuMoments.Moments(Ramp())).Take(6), pair => Assert.Equal(1, pair.Second / pair.First, 1e-6));
        Assert.Equal(-1, HuMoments.Moments(Ramp())[6] / expected[6], 1e-6);
    }

    // On paper: a 2 × 1 bar of light 9 has η20 = (2 · 9 · 0.25) / 18² = 1 / 72.
    [Fact]
    public void The_first_moment_of_a_bar_is_the_one_on_paper() =>
        Assert.Equal(1 / 72.0, HuMoments.Moments(new Picture(4, 1, 1, [0, 9, 9, 0]))[0], 1e-12);

    [Fact]
    public void Hashes_survive_a_smaller_size_and_tell_pictures_apart()
    {
        var (cat, other) = (Smooth(200, 160, seed: 3), Smooth(200, 160, seed: 4));
        foreach (var kind in Enum.GetValues<PerceptualHashKind>())
        {
            var hash = new PerceptualHash { Kind = kind };
            Assert.InRange(PerceptualHash.Hamming(hash.Hash(cat), hash.Hash(cat.Resize(90, 70))), 0, 6);
            Assert.InRange(PerceptualHash.Hamming(hash.Hash(cat), hash.Hash(other)), 12, 64);
            var vector = hash.Compute(cat);
            Assert.Equal(hash.Hash(cat), vector.Aggregate(0UL, (bits, bit) => (bits << 1) | (bit > 0 ? 1UL : 0)));
        }
    }

    // rgb2lab of scikit-image: red is (53.24, 80.09, 67.20), white (100, 0, 0), blue (32.30, 79.19, -107.86).
    [Fact]
    public void Lab_has_the_numbers_of_scikit_image()
    {
        AssertNear([53.24, 80.09, 67.20], Lab(255, 0, 0), 0.01);
        AssertNear([100, 0, 0], Lab(255, 255, 255), 0.01);
        AssertNear([32.30, 79.19, -107.86], Lab(0, 0, 255), 0.01);
    }

    [Fact]
    public void Inverted_bytes_and_shares_are_the_same_levels()
    {
        var picture = Noise(28, 28, 1, seed: 5);
        var unit = new GrayPixels().Compute(picture);
        Assert.Equal(picture.Pixels.ToArray().Select(level => level / 255f), unit);
        Assert.Equal(
            unit.Select(level => MathF.Round(255 - (level * 255))), new GrayPixels { IsInverted = true, IsUnit = false }.Compute(picture));
    }

    private static double[] Lab(byte r, byte g, byte b) => LabColor.Of(r, g, b) is var (lightness, a, blue) ? [lightness, a, blue] : [];

    private static void AssertNear(double[] expected, double[] actual, double tolerance)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }

    private static int[] Inner(int[] codes) =>
        [.. Enumerable.Range(0, 400).Where(i => i % 20 is > 0 and < 19 && i / 20 is > 0 and < 19).Select(i => codes[i])];

    private static int[] Turn(int[] codes) => [.. Enumerable.Range(0, 18 * 18).Select(i => codes[((17 - (i % 18)) * 18) + (i / 18)])];

    private static Picture Shape(int width, int height, int left, int top, int scale)
    {
        var pixels = new byte[width * height];
        for (var y = 0; y < 12 * scale; y++)
        {
            for (var x = 0; x < (y < 6 * scale ? 14 : 5) * scale; x++)
            {
                pixels[((top + y) * width) + left + x] = 200;
            }
        }

        return new Picture(width, height, 1, pixels);
    }

    private static Picture Ramp() => new(12, 9, 1, [.. Enumerable.Range(0, 108).Select(i => (byte)(((i * 37) + 11) % 256 % 251))]);

    private static Picture Smooth(int width, int height, int seed) => Noise(7, 5, 3, seed).Resize(width, height);

    private static Picture Noise(int width, int height, int channels, int seed)
    {
        var pixels = new byte[width * height * channels];
        new Random(seed).NextBytes(pixels);
        return new Picture(width, height, channels, pixels);
    }
}
