using Simile.Plotting.Drawing;

namespace Simile.Plotting.Tests.Drawing;

public class PaletteTests
{
    [Theory]
    [InlineData(7, 8)]
    [InlineData(8, 8)]
    [InlineData(16, 6)]
    [InlineData(24, 4)]
    public void Colors_stay_apart_for_every_color_vision(int count, double least)
    {
        Func<Color, Lab>[] eyes = [Lab.Of, color => Lab.WithoutReceptor(color, green: true), color =>
            Lab.WithoutReceptor(color, green: false)];
        foreach (var eye in eyes)
        {
            var seen = Enumerable.Range(0, count).Select(i => eye(Palette.Of(i))).ToList();
            var nearest = seen.SelectMany((a, i) => seen.Skip(i + 1).Select(b => a.DistanceTo(b))).Min();
            Assert.True(nearest > least, $"{nearest}");
        }
    }

    [Fact]
    public void Values_go_from_dark_to_light()
    {
        var lightness = Enumerable.Range(0, 50).Select(i => Lab.Of(Palette.OfValue(i / 49f)).L).ToList();
        Assert.Equal(lightness.Order(), lightness);
    }
}
