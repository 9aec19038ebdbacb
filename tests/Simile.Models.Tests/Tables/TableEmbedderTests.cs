using Simile.Models.Tables;
using Simile.Testing;

namespace Simile.Models.Tests.Tables;

public sealed class TableEmbedderTests : IDisposable
{
    private static readonly string[] Columns = ["n", "c", "d"];

    private static readonly string?[][] Rows =
    [
        ["1", "red", "2026-01-31"], ["2", "blue", "2026-12-31T18:00:00Z"],
        ["3", "", "2026-06-30"], ["", "red", ""], ["14", "green", "2025-01-01"],
    ];

    private readonly string _folder = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Numbers of scikit-learn 1.2.1: SimpleImputer, then the scaler, on [1, 2, 3, missing, 14]; then transform of [0, 2.5, 20].
    [Theory]
    [InlineData(
        NumberScaling.Standard,
        new float[] { -0.8528029f, -0.6396021f, -0.4264014f, 0, 1.9188064f },
        new float[] { -1.0660036f, -0.5330018f, 3.1980107f })]
    [InlineData(
        NumberScaling.MinMax,
        new float[] { 0, 0.07692308f, 0.15384616f, 0.11538462f, 1 },
        new float[] { -0.07692308f, 0.11538462f, 1.4615384f })]
    [InlineData(NumberScaling.Robust, new float[] { -1.5f, -0.5f, 0.5f, 0, 11.5f }, new float[] { -2.5f, 0, 17.5f })]
    [InlineData(NumberScaling.Quantile, new float[] { 0, 0.25f, 0.75f, 0.5f, 1 }, new float[] { 0, 0.5f, 1 })]
    [InlineData(NumberScaling.None, new float[] { 1, 2, 3, 5, 14 }, new float[] { 0, 2.5f, 20 })]
    public void Numbers_are_scaled_as_scikit_learn_scales_them(NumberScaling scaling, float[] fitted, float[] transformed)
    {
        using var model = TableEmbedder.Fit(Columns, Rows, [new ColumnOptions("n", ColumnKind.Number) { Scaling = scaling }]);
        AssertNear(fitted, model.Embed(Columns, Rows).AsSpan());
        AssertNear(transformed, model.Embed(["n"], [["0"], ["2.5"], [" 20 "]]).AsSpan());
    }

    [Fact]
    public void What_is_saved_embeds_new_rows_as_before()
    {
        using var model = TableEmbedder.Fit(Columns, Rows,
        [
            new ColumnOptions("n", ColumnKind.Number) { Scaling = NumberScaling.Quantile, FlagsMissing = true, Weight = 2 },
            new ColumnOptions("c", ColumnKind.Category),
            new ColumnOptions("d", ColumnKind.Date) { FlagsMissing = true },
        ]);
        model.Save(Path.Combine(_folder, "model"));
        using var loaded = TableEmbedder.Load(Path.Combine(_folder, "model"));
        Assert.Equal(model.Names, loaded.Names);
        Assert.Equal(model.Embed(Columns, Rows).AsSpan().ToArray(), loaded.Embed(Columns, Rows).AsSpan().ToArray());
    }

    [Fact]
    public void A_weight_multiplies_the_components_of_its_column_alone()
    {
        ColumnOptions[] options = [new("n", ColumnKind.Number), new("c", ColumnKind.Category)];
        using var plain = TableEmbedder.Fit(Columns, Rows, options);
        using var heavy = TableEmbedder.Fit(Columns, Rows, [options[0], options[1] with { Weight = 3 }]);
        var (a, b) = (plain.Embed(Columns, Rows), heavy.Embed(Columns, Rows));
        for (var row = 0; row < Rows.Length; row++)
        {
            Assert.Equal(a[row][0], b[row][0]);
            Assert.Equal(a[row][1..].ToArray().Select(x => 3 * x), b[row][1..].ToArray());
        }
    }

    [Fact]
    public void December_is_next_to_January()
    {
        using var model = TableEmbedder.Fit(
            ["d"], [["2026-01-15"], ["2026-06-15"], ["2026-12-15"]], [new ColumnOptions("d", ColumnKind.Date)]);
        var months = model.Embed(["d"], [["2026-01-15"], ["2026-06-15"], ["2026-12-15"]]);
        Assert.True(Distance(months[0][1..3], months[2][1..3]) < Distance(months[0][1..3], months[1][1..3]) / 3);
    }

    [Fact]
    public void Classes_never_seen_and_missing_values_have_their_place()
    {
        using var model = TableEmbedder.Fit(
            Columns, Rows, [new ColumnOptions("c", ColumnKind.Category), ColumnOptions.Parse("n=ordinal(3<2<1)")]);
        Assert.Equal(["c_<missing>", "c_blue", "c_green", "c_red", "n"], model.Names);
        Assert.Equal([1f, 0, 0, 0, 2, 0, 0, 0, 0, -1], model.Embed(Columns, [["1", null, ""], ["9", "violet", ""]]).AsSpan().ToArray());
    }

    [Fact]
    public void Texts_and_pictures_take_part_by_their_models()
    {
        var picture = Assets.Require("golden/features/images/cat.png");
        using var model = TableEmbedder.Fit(
            ["t", "p"], [["a cat", "cat.png"]], [new ColumnOptions("t", ColumnKind.Text), new ColumnOptions("p", ColumnKind.Image)]);
        model.PictureRoot = Path.GetDirectoryName(picture)!;
        var vectors = model.Embed(["t", "p"], [["a cat", "cat.png"], ["", ""], ["dogs", "nowhere.png"]]);
        Assert.Equal(model.Dimensions, model.Names.Count);
        Assert.True(vectors[0].ToArray().All(float.IsFinite) && vectors[0].ToArray().Any(x => x != 0));
        Assert.True(vectors[1].ToArray().All(x => x == 0));
        Assert.Contains("nowhere.png", Assert.Single(model.RefusedPictures).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Kinds_are_guessed_from_the_values()
    {
        var rows = Enumerable.Range(0, 100).Select(i => (string?[])
            [
                $"{i}", $"{i * 0.5}", i % 3 == 0 ? "" : $"{i % 4}", $"c{i % 5}", $"name{i}", $"2026-01-{1 + (i % 28):00}",
                $"a sentence of some words {i}", $"p{i}.JPG", "same", "",
            ]);
        var description = TableDescription.Of(["id", "x", "y", "class", "name", "day", "text", "photo", "one", "none"], rows);
        Assert.Equal(
            [
                ColumnKind.Ignored, ColumnKind.Number, ColumnKind.Number, ColumnKind.Category, ColumnKind.Text, ColumnKind.Date,
                ColumnKind.Text, ColumnKind.Image, ColumnKind.Ignored, ColumnKind.Ignored,
            ],
            description.Columns.Select(column => column.Kind));
        Assert.Equal(34, description.Columns[2].Missing);
        Assert.True(description.Options[2].FlagsMissing);
        Assert.Equal((0, 24.75, 49.5), description.Columns[1].Range);
    }

    [Fact]
    public void Quantiles_of_a_long_stream_are_near_in_bounded_memory()
    {
        var sketch = new QuantileSketch();
        var random = new Random(1);
        for (var i = 0; i < 1_000_000; i++)
        {
            sketch.Add(random.NextDouble());
        }

        foreach (var (share, quantile) in new[] { 0, 0.25, 0.5, 0.75, 1 }.Zip(sketch.Quantiles([0, 0.25, 0.5, 0.75, 1])))
        {
            Assert.InRange(quantile, share - 0.003, share + 0.003);
        }
    }

    [Theory]
    [InlineData("age", "NAME=KIND")]
    [InlineData("age=3", "NAME=KIND")]
    [InlineData("age=thing", "NAME=KIND")]
    [InlineData("age=number(strange)", "'strange' is no option")]
    [InlineData("age=number(weight=0)", "weight")]
    [InlineData("size=ordinal", "values in order")]
    [InlineData("size=ordinal(a<a)", "values in order")]
    [InlineData("c=hashed(0)", "components")]
    public void Options_that_cannot_be_are_refused_in_a_sentence(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => ColumnOptions.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Tables_that_do_not_fit_are_refused_in_a_sentence()
    {
        using var model = TableEmbedder.Fit(Columns, Rows, [new ColumnOptions("n", ColumnKind.Number)]);
        Assert.Contains(
            "no column \"n\"", Assert.Throws<ArgumentException>(() => model.Embed(["m"], [["1"]])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "no rows",
            Assert.Throws<InvalidDataException>(() => TableEmbedder.Fit(Columns, [], [new ColumnOptions("n", ColumnKind.Number)])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "ignored", Assert.Throws<InvalidDataException>(() => TableEmbedder.Fit(Columns, Rows, [])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "simile table fit", Assert.Throws<InvalidDataException>(() => TableEmbedder.Load(_folder)).Message, StringComparison.Ordinal);
    }

    private static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b) =>
        Math.Sqrt(Math.Pow(a[0] - b[0], 2) + Math.Pow(a[1] - b[1], 2));

    private static void AssertNear(float[] expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-6f);
        }
    }
}
