using System.Xml.Linq;
using Simile.Plotting.Charts;
using Simile.Testing;

namespace Simile.Plotting.Tests;

public sealed class ChartTests : IDisposable
{
    private readonly string _folder = Assets.NewFolder();

    public static TheoryData<string> Names => ["scree", "confusion", "elbow", "recall", "reliability", "few-shot"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_chart_is_drawn_as_png_and_as_svg(string name)
    {
        var chart = Make(name);
        chart.SavePng(At("a.png"));
        chart.SaveSvg(At("a.svg"));
        Assert.Equal((chart.Width, chart.Height), PngFile.Size(At("a.png")));
        var numbers = XDocument.Load(At("a.svg")).Descendants().SelectMany(element => element.Attributes())
            .Where(attribute => attribute.Name.LocalName is "x" or "x1" or "x2" or "y" or "y1" or "y2" or "cx");
        Assert.All(
            numbers,
            attribute => Assert.InRange(double.Parse(attribute.Value, System.Globalization.CultureInfo.InvariantCulture), 0, 1000));
    }

    [Fact]
    public void A_scree_adds_up_to_all()
    {
        Chart.Scree([.5, .3, .2]).SaveSvg(At("a.svg"));
        var texts = XDocument.Load(At("a.svg")).Descendants().Where(element => element.Name.LocalName == "text")
            .Select(element => element.Value).ToList();
        Assert.Contains("component", texts);
        Assert.Contains("1", texts);
    }

    [Fact]
    public void One_value_and_equal_values_are_drawn()
    {
        Chart.Scree([1]).SavePng(At("a.png"));
        Chart.Elbow([2, 3], [5, 5]).SavePng(At("b.png"));
        Chart.Confusion(new int[1, 1], ["only"]).SavePng(At("c.png"));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Chart.Scree([]));
        Assert.Throws<ArgumentException>(() => Chart.Scree([double.NaN]));
        Assert.Throws<ArgumentException>(() => Chart.Confusion(new int[2, 3], ["a", "b"]));
        Assert.Throws<ArgumentException>(() => Chart.Elbow([2], [1, 2]));
        Assert.Throws<ArgumentException>(() => Chart.RecallCurve("work", []));
    }

    [Theory]
    [InlineData(0, 1, new[] { 0, .2, .4, .6, .8, 1 })]
    [InlineData(.03, .97, new[] { .2, .4, .6, .8 })]
    [InlineData(-7, 12, new double[] { -5, 0, 5, 10 })]
    public void Ticks_are_round(double least, double most, double[] expected) =>
        Assert.Equal(expected, Ticks.Between(least, most, 6, whole: false), (a, b) => Math.Abs(a - b) < 1e-9);

    private static Chart Make(string name) => name switch
    {
        "scree" => Chart.Scree([.5, .2, .1, .05]),
        "confusion" => Chart.Confusion(new[,] { { 9, 1 }, { 0, 12 } }, ["猫", "a much longer name of a class"]),
        "elbow" => Chart.Elbow([2, 3, 4], [90, 40, 35], chosen: 3),
        "recall" => Chart.RecallCurve("vectors compared", [("hnsw", [100, 200, 400], [.8, .92, .99])]),
        "reliability" => Chart.Reliability([.1, .5, .9], [.2, .4, .95]),
        _ => Chart.FewShot([("kNN", [1, 5, 10], [.4, .6, .7]), ("logistic", [1, 5, 10], [.5, .7, .8])]),
    };

    private string At(string name) => Path.Combine(_folder, name);
}
