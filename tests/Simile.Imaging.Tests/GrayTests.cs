namespace Simile.Imaging.Tests;

public class GrayTests
{
    // What Pillow's Image.new("RGB", (1, 1), color).convert("L") gives.
    [Theory]
    [InlineData(255, 0, 0, 76)]
    [InlineData(0, 255, 0, 150)]
    [InlineData(0, 0, 255, 29)]
    [InlineData(255, 255, 255, 255)]
    [InlineData(1, 2, 3, 2)]
    [InlineData(200, 100, 50, 124)]
    public void Colors_have_the_gray_that_Pillow_gives_them(byte red, byte green, byte blue, byte gray)
    {
        Assert.Equal([gray], new Picture(1, 1, 3, [red, green, blue]).ToGray().Pixels.ToArray());
        Assert.Equal([gray], new Picture(1, 1, 4, [red, green, blue, 7]).ToGray().Pixels.ToArray());
    }

    [Fact]
    public void Grays_stay_as_they_are() => Assert.Equal([3, 5], new Picture(2, 1, 2, [3, 255, 5, 0]).ToGray().Pixels.ToArray());
}
