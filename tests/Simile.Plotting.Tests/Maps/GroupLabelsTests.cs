using Simile.Plotting.Drawing;
using Simile.Plotting.Maps;
using Simile.Plotting.Text;

namespace Simile.Plotting.Tests.Maps;

public class GroupLabelsTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(40)]
    [InlineData(200)]
    public void No_two_labels_overlap_and_all_are_inside(int groups)
    {
        var (positions, of) = Planes.Blobs(groups * 20, groups);
        var map = new ScatterMap(positions)
        {
            Groups = of,
            GroupNames = [.. Enumerable.Range(0, groups).Select(i => $"a group with a long name {i}")],
            Options = new ScatterMapOptions { Labels = groups },
        };
        var area = new Box(0, 0, 1600, 1200);
        var surface = new SvgSurface(1600, 1200, Theme.Of(MapTheme.Light).Paper, "t", new TextShaper(FontLibrary.OfMachine));
        var labels = new GroupLabels(map, surface, Theme.Of(MapTheme.Light), 18)
            .Place(new MapView(positions, area.Grow(-40)).Places(positions), area, []);

        Assert.True(labels.Count >= Math.Min(groups, 30), $"{labels.Count} labels");
        Assert.All(labels, label => Assert.True(area.Holds(label.Box)));
        Assert.DoesNotContain(labels, label => labels.Any(other => other != label && other.Box.Overlaps(label.Box)));
    }
}
