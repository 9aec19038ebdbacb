namespace EndToEnd;

/// <summary>table describe, fit and search, and embed with a fitted table.</summary>
public sealed class TableTests : IDisposable
{
    private const string People =
        "name,age,size,city\nanna,30,small,oslo\nbert,31,small,oslo\ncarl,60,large,rome\ndora,61,large,rome\nemil,45,medium,\n";

    private static readonly string[] Columns =
        ["-c", "name=ignored", "-c", "age=number", "-c", "size=ordinal(small<medium<large)", "-c", "city=category"];

    private readonly Tool _tool = new();

    public TableTests() => _tool.Write("people.csv", People);

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Describe_counts_the_values_of_each_column()
    {
        var columns = _tool.Run("table", "describe", "people.csv", "--json").Succeeds().Json;
        Assert.Equal(["name", "age", "size", "city"], columns.Select(column => column.GetProperty("column").GetString()));
        Assert.Equal([0, 0, 0, 1], columns.Select(column => column.GetProperty("missing").GetInt32()));
        Assert.Equal([5, 5, 3, 2], columns.Select(column => column.GetProperty("distinct").GetInt32()));
        var age = columns[1];
        Assert.Equal("number", age.GetProperty("kind").GetString());
        Assert.Equal(
            (30, 45.4, 61), (age.GetProperty("min").GetDouble(), age.GetProperty("mean").GetDouble(), age.GetProperty("max").GetDouble()));
        Assert.Equal("anna", columns[0].GetProperty("examples")[0].GetString());
        Assert.False(columns[0].TryGetProperty("mean", out _));
        Assert.StartsWith(
            "people.csv: 5 rows, 4 columns\n", _tool.Run("table", "describe", "people.csv").Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fitted_table_finds_rows_like_a_row_and_like_values()
    {
        var made = Fit("--json").Json.Single();
        Assert.Equal(("people", 5), (made.GetProperty("path").GetString(), made.GetProperty("rows").GetInt32()));
        Assert.Equal("ordinal", made.GetProperty("columns").GetProperty("size").GetString());
        var near = _tool.Run("table", "search", "people.csv", "--model", "people", "--row", "1", "--top", "2", "--json").Succeeds().Json;
        Assert.Equal([2, 5], near.Select(hit => hit.GetProperty("row").GetInt32()));
        Assert.Equal("bert", near[0].GetProperty("values").GetProperty("name").GetString());
        Assert.True(near[0].GetProperty("score").GetDouble() > near[1].GetProperty("score").GetDouble());
        var like = _tool.Run(
            "table", "search", "people.csv", "--model", "people", "--like", "age=61",
            "--like", "city=rome", "--like", "size=large", "--top", "1")
            .Succeeds();
        Assert.Contains("row 4  name: dora", like.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Embed_gives_a_vector_for_each_row_of_a_table()
    {
        var dimensions = Fit("--json").Json.Single().GetProperty("dimensions").GetInt32();
        var rows = _tool.Run("embed", "people.csv", "--model", "people").Succeeds().Json;
        Assert.Equal([1, 2, 3, 4, 5], rows.Select(row => row.GetProperty("row").GetInt32()));
        Assert.All(rows, row => Assert.Equal(dimensions, row.GetProperty("vector").GetArrayLength()));
        Assert.NotEqual(rows[0].GetProperty("vector").GetRawText(), rows[2].GetProperty("vector").GetRawText());
        var saved = _tool.Run("embed", "people.csv", "--model", "people", "--out", "people.npy", "--json").Succeeds().Json.Single();
        Assert.Equal((5, dimensions), (saved.GetProperty("count").GetInt32(), saved.GetProperty("dimensions").GetInt32()));
        _tool.Run("embed", "-", "--model", "people").FailsWith(1, "one table");
        _tool.Run("embed", "--text", "anna", "--model", "people").FailsWith(1, "one table");
        _tool.Run("embed", "people.csv", "--tokens", "--model", "people").FailsWith(1, "one table", "--tokens");
        _tool.Write("other.csv", "a,b\n1,2\n");
        _tool.Run("embed", "other.csv", "--model", "people").FailsWith(1, "no column \"age\"");
    }

    [Fact]
    public void Numbers_that_are_none_are_missing_in_a_table_and_refused_in_a_question()
    {
        _tool.Write("odd.csv", "a,b\n1,NaN\n2,inf\n3,4\n");
        var described = _tool.Run("table", "describe", "odd.csv", "--json").Succeeds().Json;
        Assert.Equal(["number", "text"], described.Select(column => column.GetProperty("kind").GetString()));
        _tool.Run("table", "fit", "odd.csv", "--out", "odd", "-c", "b=number").Succeeds();
        var rows = _tool.Run("embed", "odd.csv", "--model", "odd").Succeeds().Json;
        Assert.All(
            rows.SelectMany(row => row.GetProperty("vector").EnumerateArray()), number => Assert.True(double.IsFinite(number.GetDouble())));
        _tool.Run("table", "search", "odd.csv", "--model", "odd", "--like", "b=NaN").FailsWith(1, "number", "b=NaN");
        _tool.Run("table", "search", "odd.csv", "--model", "odd", "--like", "b=old").FailsWith(1, "number", "b=old");
    }

    [Theory]
    [InlineData("describe")]
    [InlineData("fit", "--out", "made")]
    [InlineData("search", "--model", "people", "--row", "1")]
    public void What_is_no_table_is_named(string verb, params string[] options)
    {
        Fit();
        _tool.Write("empty.csv", "");
        Directory.CreateDirectory(_tool.In("folder"));
        foreach (var (file, word) in new[] { ("none.csv", "none.csv"), ("empty.csv", "no columns"), ("folder", "folder is a folder") })
        {
            _tool.Run(["table", verb, file, .. options]).FailsWith(1, word);
        }

        Assert.False(Path.Exists(_tool.In("made")));
    }

    [Fact]
    public void Wrong_columns_rows_and_models_are_named()
    {
        Fit();
        _tool.Write("titles.csv", "name,age\n");
        _tool.Run("table", "fit", "titles.csv", "--out", "made").FailsWith(1, "no rows");
        _tool.Run("table", "fit", "people.csv", "--out", "made", "-c", "weight=number")
            .FailsWith(1, "no column \"weight\"", "table describe");
        var kind = _tool.Run("table", "fit", "people.csv", "--out", "made", "-c", "age=nonsense");
        kind.FailsWith(2, "age=nonsense", "ordinal");
        Assert.DoesNotContain("Parameter", kind.Error, StringComparison.Ordinal);
        _tool.Run("table", "fit", "people.csv", "--out", "people.csv").FailsWith(1, "people.csv is a file");
        string[] search = ["table", "search", "people.csv", "--model"];
        _tool.Run([.. search, "people", "--row", "6"]).FailsWith(1, "5 rows", "no row 6");
        _tool.Run([.. search, "people", "--row", "0"]).FailsWith(2, "--row");
        _tool.Run([.. search, "people", "--like", "weight=70"]).FailsWith(1, "weight=70");
        _tool.Run([.. search, "people"]).FailsWith(2, "--row", "--like");
        _tool.Run([.. search, "none", "--row", "1"]).FailsWith(1, "none", "table fit");
    }

    private Outcome Fit(params string[] more) =>
        _tool.Run(["table", "fit", "people.csv", "--out", "people", .. Columns, .. more]).Succeeds();
}
