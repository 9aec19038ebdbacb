using Simile.Imaging.Resizing;

namespace Simile.Imaging.Tests;

public class ResizeTests
{
    public static TheoryData<int, ResizeFilter> ChannelsAndFilters()
    {
        var data = new TheoryData<int, ResizeFilter>();
        foreach (var filter in Enum.GetValues<ResizeFilter>().Where(f => f != ResizeFilter.Nearest))
        {
            for (var channels = 1; channels <= 4; channels++)
            {
                data.Add(channels, filter);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(ChannelsAndFilters))]
    public void Both_passes_equal_their_slow_twins(int channels, ResizeFilter filter)
    {
        foreach (var (width, height, target) in ((int, int, int)[])
        [
            (1, 1, 9), (3, 7, 5), (64, 33, 20), (37, 90, 53), (211, 5, 1), (500, 12, 33),
        ])
        {
            var source = Noise(width, height, channels);
            var columns = ResizeWeights.Compute(width, width * 0.1f, width * 0.9f, target, filter);
            Assert.Equal(Resampling.AcrossSlowly(source, columns, 0, height).Pixels, Resampling.Across(source, columns, 0, height).Pixels);
            var rows = ResizeWeights.Compute(height, height * 0.1f, height * 0.9f, target, filter);
            Assert.Equal(Resampling.DownSlowly(source, rows, 0).Pixels, Resampling.Down(source, rows, 0).Pixels);
        }
    }

    [Fact]
    public void A_flat_picture_stays_flat()
    {
        var picture = new Picture(40, 30, 3, [.. Enumerable.Repeat((byte)77, 40 * 30 * 3)]);
        foreach (var filter in Enum.GetValues<ResizeFilter>())
        {
            Assert.All(picture.Resize(13, 71, new ResizeOptions { Filter = filter }).Pixels.ToArray(), b => Assert.Equal(77, b));
        }
    }

    [Fact]
    public void The_order_of_the_passes_shows_only_where_a_picture_gets_much_lower()
    {
        var tall = Noise(10, 200, 3);
        Assert.False(tall.Resize(8, 50, new ResizeOptions { Order = PassOrder.Pillow13 }).Pixels.SequenceEqual(tall.Resize(8, 50).Pixels));
        var wide = Noise(200, 10, 3);
        Assert.Equal(wide.Resize(50, 8, new ResizeOptions { Order = PassOrder.Pillow13 }).Pixels, wide.Resize(50, 8).Pixels);
    }

    [Fact]
    public void The_colour_of_clear_pixels_does_not_bleed()
    {
        byte[] pixels = [200, 100, 50, 255, 0, 255, 0, 0, 200, 100, 50, 255, 0, 255, 0, 0];
        var half = new Picture(4, 1, 4, pixels).Resize(1, 1, new ResizeOptions { Filter = ResizeFilter.Box });
        Assert.Equal(128, half.Pixels[3]);
        Assert.InRange(half.Pixels[0], 199, 201);
        Assert.InRange(half.Pixels[1], 99, 101);
        Assert.InRange(half.Pixels[2], 49, 51);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, -1)]
    [InlineData(70_000, 5)]
    [InlineData(60_000, 60_000)]
    public void Sizes_that_make_no_picture_are_refused(int width, int height) =>
        Assert.ThrowsAny<ArgumentException>(() => Noise(4, 4, 3).Resize(width, height));

    [Fact]
    public void A_box_outside_of_the_picture_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Noise(4, 4, 3).Resize(2, 2, new ResizeOptions { Box = (1, 1, 5, 3) }));
        Assert.Contains("not inside a picture of 4 x 4", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Noise(4, 4, 3).Resize(2, 2, new ResizeOptions { Box = (float.NaN, 1, 2, 3) }));
        Assert.Throws<ArgumentException>(() => Noise(4, 4, 3).Resize(2, 2, new ResizeOptions { ReducingGap = 0.5 }));
    }

    internal static Picture Noise(int width, int height, int channels)
    {
        var pixels = new byte[width * height * channels];
        new Random((width * 31) + (height * 7) + channels).NextBytes(pixels);
        return new Picture(width, height, channels, pixels);
    }
}
