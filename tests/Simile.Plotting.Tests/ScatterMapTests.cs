using System.Text.Json;
using System.Xml.Linq;
using Simile.Numerics;
using Simile.Plotting.Drawing;
using Simile.Plotting.Text;
using Simile.Testing;

namespace Simile.Plotting.Tests;

public sealed class ScatterMapTests : IDisposable
{
    private const string Hostile = "</script><script>alert(1)</script> <b>&\"'\u2028\u0000\ud800 {{data}}";
    private readonly string _folder = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_png_has_the_size_and_the_colors_of_all_groups()
    {
        var (positions, groups) = Planes.Blobs(900, 9);
        Map(positions, groups).SavePng(At("a.png"));
        Assert.Equal((800, 600), PngFile.Size(At("a.png")));
        for (var group = 0; group < 9; group++)
        {
            var color = Palette.Of(group);
            Assert.True(PngFile.Count(At("a.png"), color.R, color.G, color.B) > 10, $"group {group}, {color}"); // at least in the legend
        }
    }

    [Theory]
    [InlineData(500)]
    [InlineData(30_000)]
    public void The_same_map_gives_the_same_bytes(int count)
    {
        var (positions, groups) = Planes.Blobs(count, 5);
        var bytes = new[] { "a.png", "b.png" }.Select(name =>
        {
            Map(positions, groups).SavePng(At(name));
            return File.ReadAllBytes(At(name));
        }).ToArray();
        Assert.Equal(bytes[0], bytes[1]);
    }

    [Fact]
    public void Svg_and_html_are_well_formed_and_hold_hostile_text_as_text()
    {
        var (positions, groups) = Planes.Blobs(6, 2);
        var map = new ScatterMap(positions)
        {
            Groups = groups,
            GroupNames = [Hostile, "b"],
            Titles = [.. Enumerable.Repeat(Hostile, 6)],
            Options = new ScatterMapOptions { Title = Hostile, Width = 800, Height = 600 },
        };
        map.SaveSvg(At("a.svg"));
        map.SaveHtml(At("a.html"));

        var texts = XDocument.Load(At("a.svg")).Descendants().Where(element => element.Name.LocalName == "text")
            .Select(element => element.Value);
        Assert.Contains(texts, text => text.StartsWith("</script><script>", StringComparison.Ordinal));
        Assert.DoesNotContain("<script", File.ReadAllText(At("a.svg")), StringComparison.OrdinalIgnoreCase);

        var page = File.ReadAllText(At("a.html"));
        Assert.Equal(2, Count(page, "</script"));
        Assert.Equal(Hostile.Replace('\ud800', '\uFFFD'), Data(page).GetProperty("titles")[5].GetString());
    }

    [Fact]
    public void Html_names_no_address_and_forbids_the_page_to_load_anything()
    {
        var (positions, groups) = Planes.Blobs(50, 3);
        Map(positions, groups).SaveHtml(At("a.html"));
        var page = File.ReadAllText(At("a.html"));
        Assert.DoesNotContain("://", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_holds_each_point_in_the_unit_square_with_one_scale_for_both_axes()
    {
        var positions = new VectorMatrix(new float[] { 0, 0, 10, 0, 5, 2 }, 2);
        new ScatterMap(positions).SaveHtml(At("a.html"));
        var bytes = Data(File.ReadAllText(At("a.html"))).GetProperty("positions").GetBytesFromBase64();
        var places = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        Assert.Equal([-1, -.2f, 1, -.2f, 0, .2f], places, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void A_million_points_are_drawn_as_density()
    {
        var (positions, groups) = Planes.Blobs(1_000_000, 3);
        Map(positions, groups).SavePng(At("a.png"));
        Map(positions, groups).SaveSvg(At("a.svg"));
        Assert.True(new FileInfo(At("a.svg")).Length < 2_000_000);
        Assert.Contains("data:image/png;base64,", File.ReadAllText(At("a.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public void One_point_and_equal_points_stand_in_the_middle()
    {
        new ScatterMap(new VectorMatrix(1, 2)) { Options = Small }.SavePng(At("one.png"));
        new ScatterMap(new VectorMatrix(5, 2)) { Options = Small }.SavePng(At("equal.png"));
        Assert.True(PngFile.Count(At("one.png"), 0x19, 0x80, 0xBA, 30) > 10);
        Assert.True(PngFile.Count(At("equal.png"), 0x19, 0x80, 0xBA, 30) > 10);
    }

    [Fact]
    public void The_largest_floats_are_drawn()
    {
        var positions = new VectorMatrix(new float[] { float.MaxValue, float.MinValue, float.MinValue, float.MaxValue }, 2);
        new ScatterMap(positions) { Options = Small }.SavePng(At("a.png"));
        Assert.True(PngFile.Count(At("a.png"), 0x19, 0x80, 0xBA, 30) > 20);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_place_that_is_no_number_is_refused(float value) =>
        Assert.Contains(
            "Point 1",
            Assert.Throws<ArgumentException>(() => new ScatterMap(new VectorMatrix(new float[] { 0, 0, value, 0 }, 2))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new ScatterMap(new VectorMatrix(0, 2)));
        Assert.Throws<ArgumentException>(() => new ScatterMap(new VectorMatrix(3, 1)));
        Assert.Throws<ArgumentException>(() => new ScatterMap(new VectorMatrix(3, 2)) { Groups = [0] }.SavePng(At("a.png")));
        Assert.Throws<ArgumentException>(() => new ScatterMap(new VectorMatrix(3, 2)) { Groups = [0, -2, 0] }.SavePng(At("a.png")));
        Assert.Throws<ArgumentException>(() => new ScatterMap(new VectorMatrix(3, 2)) { Titles = [] }.SaveHtml(At("a.html")));
        Assert.Throws<ArgumentException>(
            () => new ScatterMap(new VectorMatrix(3, 2)) { Options = new ScatterMapOptions { Width = 5 } }.SaveSvg(At("a.svg")));
        Assert.Empty(Directory.EnumerateFiles(_folder));
    }

    [Fact]
    public void Thumbnails_do_not_overlap_and_stand_in_svg_and_html()
    {
        new ScatterMap(new VectorMatrix(1, 2)) { Options = new ScatterMapOptions { Width = 200, Height = 200 } }
            .SavePng(At("thumbnail.png"));
        var file = File.ReadAllBytes(At("thumbnail.png"));
        var (positions, groups) = Planes.Blobs(60, 3);
        var map = new ScatterMap(positions) { Groups = groups, Thumbnail = i => i % 2 == 0 ? file : null, Options = Small };
        map.SavePng(At("a.png"));
        map.SaveSvg(At("a.svg"));
        map.SaveHtml(At("a.html"));

        var boxes = XDocument.Load(At("a.svg")).Descendants().Where(element => element.Name.LocalName == "image")
            .Select(image => new Box(Number(image, "x"), Number(image, "y"), Number(image, "width"), Number(image, "height"))).ToList();
        Assert.True(boxes.Count > 2);
        Assert.DoesNotContain(boxes, box => boxes.Any(other => other != box && other.Overlaps(box)));
        var thumbnails = Data(File.ReadAllText(At("a.html"))).GetProperty("thumbnails");
        Assert.Equal(60, thumbnails.GetArrayLength());
        Assert.StartsWith("data:image/png;base64,", thumbnails[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, thumbnails[1].ValueKind);
    }

    [Fact]
    public void Without_fonts_code_points_are_drawn_and_a_sentence_says_so()
    {
        using var none = new FontLibrary([], asksSystem: false);
        var map = new ScatterMap(new VectorMatrix(3, 2)) { Groups = [0, 0, 0], GroupNames = ["猫"], Options = Small, Fonts = none };
        var warning = Assert.Single(map.SavePng(At("a.png")));
        Assert.Contains("U+732B", warning, StringComparison.Ordinal);
        Assert.Contains("fonts-noto-cjk", warning, StringComparison.Ordinal);
        map.SaveSvg(At("a.svg"));
        Assert.Contains("猫", File.ReadAllText(At("a.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_projector_gets_vectors_titles_groups_and_a_sprite()
    {
        new ScatterMap(new VectorMatrix(1, 2)) { Options = new ScatterMapOptions { Width = 200, Height = 200 } }
            .SavePng(At("thumbnail.png"));
        var file = File.ReadAllBytes(At("thumbnail.png"));
        var map = new ScatterMap(new VectorMatrix(5, 2))
        {
            Titles = ["a\tb", "c\nd", "e", "f", "g"],
            Groups = [0, 0, 1, 1, -1],
            Thumbnail = _ => file,
        };
        EmbeddingProjector.Save(At("projector"), new VectorMatrix(5, 7), map);
        Assert.All(File.ReadAllLines(Path.Combine(At("projector"), "vectors.tsv")), line => Assert.Equal(7, line.Split('\t').Length));
        var metadata = File.ReadAllLines(Path.Combine(At("projector"), "metadata.tsv"));
        Assert.Equal(["title\tgroup", "a b\t0", "c d\t0", "e\t1", "f\t1", "g\tno group"], metadata);
        Assert.Equal((192, 192), PngFile.Size(Path.Combine(At("projector"), "sprite.png")));
        using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(At("projector"), "projector_config.json")));
        Assert.Equal(
            [64, 64],
            config.RootElement.GetProperty("embeddings")[0].GetProperty("sprite").GetProperty("singleImageDim").EnumerateArray()
                .Select(side => side.GetInt32()));
    }

    private static ScatterMapOptions Small => new() { Width = 800, Height = 600 };

    private static ScatterMap Map(VectorMatrix positions, int[] groups) => new(positions) { Groups = groups, Options = Small };

    private static float Number(XElement element, string name) =>
        float.Parse(element.Attribute(name)!.Value, System.Globalization.CultureInfo.InvariantCulture);

    private static int Count(string text, string part) => text.Split(part, StringSplitOptions.None).Length - 1;

    private static JsonElement Data(string page)
    {
        const string Begin = "id=\"data\">";
        var start = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        return JsonDocument.Parse(page[start..page.IndexOf("</script", start, StringComparison.Ordinal)]).RootElement;
    }

    private string At(string name) => Path.Combine(_folder, name);
}
