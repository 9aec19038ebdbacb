using System.Globalization;
using System.Text.Json;

namespace EndToEnd;

public sealed class TrainingTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("logistic")]
    [InlineData("svm")]
    [InlineData("knn")]
    public void A_classifier_of_files_is_checked_saved_used_and_measured(string method)
    {
        Notes();
        var trained = _tool.Run(
            "train", "notes", "--labels", "folders", "--method", method, "--folds", "4", "--out", "c.simc", "--json").Succeeds().Json[0];
        Assert.Equal(
            ["path", "items", "classes", "dimensions", "folds", "accuracy", "macro_f1"],
            trained.EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            (8, 2, 4),
            (trained.GetProperty("items").GetInt32(), trained.GetProperty("classes").GetInt32(), trained.GetProperty("folds").GetInt32()));
        Assert.True(trained.GetProperty("accuracy").GetDouble() >= .75, $"{trained}");

        _tool.Write("new/z.txt", "The parrot is a colorful bird that can fly.");
        _tool.Write("new/a.txt", "Pay the tax bill before the end of the month.");
        var named = _tool.Run("classify", "--classifier", "c.simc", "new/z.txt", "new/a.txt", "--json").Succeeds().Json;
        Assert.Equal(["new/z.txt", "new/a.txt"], named.Select(line => line.GetProperty("path").GetString()));
        Assert.Equal(["path", "kind", "labels"], named[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(["birds", "money"], named.Select(line => line.GetProperty("labels")[0].GetProperty("label").GetString()));
        Assert.All(named, line =>
            Assert.Equal(1, line.GetProperty("labels").EnumerateArray().Sum(label => label.GetProperty("probability").GetDouble()), 3));

        var measured =
            _tool.Run("evaluate", "notes", "--classifier", "c.simc", "--labels", "folders", "--out", "m.png", "--json").Succeeds().Json[0];
        Assert.Equal(1, measured.GetProperty("accuracy").GetDouble());
        Assert.Equal("[[4,0],[0,4]]", measured.GetProperty("confusion").GetRawText());
        Assert.True(new FileInfo(_tool.In("m.png")).Length > 500);
    }

    [Fact]
    public void Vectors_made_elsewhere_are_learned_and_mistakes_are_counted_by_class()
    {
        Vectors("v.jsonl");
        _tool.Run("train", "v.jsonl", "--labels", Labels("l.txt", "near", "far"), "--out", "c.simc").Succeeds();
        // One of ten near ones is labelled far: a recall of 10/11, a precision of 9/10.
        var labels = File.ReadAllLines(_tool.In("l.txt"));
        labels[0] = "far";
        _tool.Write("other.txt", string.Join('\n', labels) + "\n");
        var measured = _tool.Run("evaluate", "v.jsonl", "--classifier", "c.simc", "--labels", "other.txt", "--json").Succeeds().Json[0];
        Assert.Equal(.95, measured.GetProperty("accuracy").GetDouble(), 6);
        var far = measured.GetProperty("classes")[0];
        Assert.Equal(("far", 11), (far.GetProperty("class").GetString(), far.GetProperty("items").GetInt32()));
        Assert.Equal(10 / 11.0, far.GetProperty("recall").GetDouble(), 6);
        Assert.Equal(
            .9,
            measured.GetProperty("classes")[1].GetProperty("recall").GetDouble()
            * measured.GetProperty("classes")[1].GetProperty("precision").GetDouble(),
            6);
        Assert.Equal("[[10,1],[0,9]]", measured.GetProperty("confusion").GetRawText());
        var table = _tool.Run("evaluate", "v.jsonl", "--classifier", "c.simc", "--labels", "other.txt").Succeeds().Output;
        Assert.Contains("true \\ predicted", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_of_texts_are_learned_as_files_of_the_same_texts_are()
    {
        Notes();
        var files = Directory.GetFiles(_tool.In("notes"), "*.txt", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        _tool.Write("t.csv", "id,text,topic\n" + string.Concat(
            files.Select((file, i) => $"{i},\"{File.ReadAllText(file)}\",{Path.GetFileName(Path.GetDirectoryName(file))}\n")));
        var table = _tool.Run("train", "t.csv", "--text", "text", "--label", "topic", "--out", "t.simc", "--json").Succeeds().Json[0];
        var folder = _tool.Run("train", "notes", "--labels", "folders", "--out", "n.simc", "--json").Succeeds().Json[0];
        Assert.Equal(folder.GetProperty("accuracy").GetDouble(), table.GetProperty("accuracy").GetDouble(), 6);
        var measured =
            _tool.Run("evaluate", "t.csv", "--text", "text", "--label", "topic", "--classifier", "n.simc", "--json").Succeeds().Json[0];
        Assert.Equal(1, measured.GetProperty("accuracy").GetDouble());
        var labels = new[] { "t.simc", "n.simc" }
            .Select(name =>
                _tool.Run("classify", "--classifier", name, "notes/birds/a.txt", "--json").Succeeds().Json[0].GetProperty("labels")[0])
            .ToArray();
        Assert.Equal(labels[0].GetProperty("label").GetString(), labels[1].GetProperty("label").GetString());
        Assert.Equal(labels[0].GetProperty("probability").GetDouble(), labels[1].GetProperty("probability").GetDouble(), 2);

        Train("--text", "words", "--label", "topic").FailsWith(1, "no column 'words'", "topic");
        Train("--text", "text").FailsWith(2, "--label");
        Train("--text", "text", "--label", "topic", "--labels", "folders").FailsWith(2, "--labels");
        _tool.Run("train", "notes", "--text", "text", "--label", "topic", "--out", "c.simc").FailsWith(1, "table");
        _tool.Write("t.csv", "text,topic\na,x\n,y\n");
        Train("--text", "text", "--label", "topic").FailsWith(1, "no text");
        _tool.Write("t.csv", "text,topic\na,x\nb,\n");
        Train("--text", "text", "--label", "topic").FailsWith(1, "no label");
        _tool.Write("t.csv", "text,topic\n");
        Train("--text", "text", "--label", "topic").FailsWith(1, "no rows");

        Outcome Train(params string[] options) => _tool.Run(["train", "t.csv", .. options, "--out", "c.simc"]);
    }

    [Fact]
    public void One_fold_validates_nothing()
    {
        Vectors("v.jsonl");
        var trained = _tool.Run(
            "train", "v.jsonl", "--labels", Labels("l.txt", "near", "far"), "--out", "c.simc", "--folds", "1", "--json").Succeeds().Json[0];
        Assert.Equal(JsonValueKind.Null, trained.GetProperty("accuracy").ValueKind);
    }

    [Fact]
    public void What_cannot_be_learned_is_said_in_a_sentence()
    {
        Vectors("v.jsonl");
        Train("v.jsonl").FailsWith(1, "no label");
        Train("v.jsonl", "--labels", "folders").FailsWith(1, "folder");
        Train("v.jsonl", "--labels", Labels("one.txt", "same", "same")).FailsWith(1, "two classes");
        Train("v.jsonl", "--labels", Labels("one.txt", "same", "same"), "--folds", "1").FailsWith(1, "two classes");
        Train("v.jsonl", "--labels", Labels("l.txt", "near", "far"), "--folds", "21").FailsWith(1, "21 folds");
        Train("v.jsonl", "--labels", Labels("empty.txt", "", "far")).FailsWith(1, "no label");
        _tool.Write("single.txt", string.Concat(Enumerable.Repeat("near\n", 19)) + "far\n");
        Train("v.jsonl", "--labels", "single.txt").FailsWith(1, "'far'", "one item");
        _tool.Run("train", "v.jsonl", "--labels", "l.txt").FailsWith(2, "--out");
        _tool.Run("train", "v.jsonl", "--labels", "l.txt", "--out", "none/c.simc").FailsWith(1, "create it first");
        Train("v.jsonl", "--labels", "l.txt", "--folds", "0").FailsWith(2, "--folds");

        Outcome Train(params string[] arguments) => _tool.Run(["train", .. arguments, "--out", "c.simc"]);
    }

    [Fact]
    public void A_classifier_of_another_model_or_none_is_said_in_a_sentence()
    {
        Vectors("v.jsonl");
        Notes();
        _tool.Run("train", "v.jsonl", "--labels", Labels("l.txt", "near", "far"), "--out", "c.simc").Succeeds();
        _tool.Run("classify", "--classifier", "c.simc", "notes/birds/a.txt").FailsWith(1, "3 dimensions");
        _tool.Run("evaluate", "notes", "--classifier", "c.simc", "--labels", "folders").FailsWith(1, "3 dimensions");
        _tool.Run("classify", "--classifier", "none.simc", "notes/birds/a.txt").FailsWith(1, "none.simc", "does not exist");
        _tool.Run("classify", "--classifier", "l.txt", "notes/birds/a.txt").FailsWith(1, "is not a classifier");
        _tool.Run("evaluate", "notes", "--classifier", "l.txt", "--labels", "folders").FailsWith(1, "is not a classifier");
        _tool.Run("evaluate", "v.jsonl", "--classifier", "c.simc").FailsWith(1, "no label");
        _tool.Run("classify", "--classifier", "c.simc", "v.jsonl").FailsWith(1, "file of vectors");
        _tool.Run("classify", "--classifier", "c.simc", "notes").FailsWith(1, "folder");
        _tool.Run("classify", "--classifier", "c.simc", "--labels", "a,b", "notes/birds/a.txt").FailsWith(2, "--labels");
        _tool.Run("evaluate", "v.jsonl", "--classifier", "c.simc", "--labels", "l.txt", "--out", "a.gif").FailsWith(2, ".png");

        _tool.Run("train", "notes", "--labels", "folders", "--out", "n.simc").Succeeds();
        _tool.Run("classify", "--classifier", "n.simc", "--model", "features/color-histogram", "notes/birds/a.txt").FailsWith(1);
        _tool.Run("evaluate", "v.jsonl", "--classifier", "n.simc", "--labels", "l.txt").FailsWith(1, "not 3");
    }

    private void Notes()
    {
        string[] birds =
        [
            "Penguins are birds that cannot fly.",
            "Owls are birds that hunt mice at night.",
            "The eagle is a large bird with strong wings.",
            "A robin is a small bird with a red breast.",
        ];
        string[] money =
        [
            "The invoice is due in March.",
            "Taxes are paid once a year.",
            "The bank charges a fee for the payment.",
            "We must pay the bill and the tax this month.",
        ];
        for (var i = 0; i < birds.Length; i++)
        {
            _tool.Write($"notes/birds/{(char)('a' + i)}.txt", birds[i]);
            _tool.Write($"notes/money/{(char)('a' + i)}.txt", money[i]);
        }
    }

    private void Vectors(string name)
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 20)
            .Select(i =>
                Enumerable.Range(0, 3).Select(j => ((i / 10 == j ? 10 : 0) + random.NextDouble()).ToString(CultureInfo.InvariantCulture)));
        _tool.Write(name, string.Concat(rows.Select(row => $"{{\"vector\":[{string.Join(',', row)}]}}\n")));
    }

    private string Labels(string name, string first, string second)
    {
        _tool.Write(name, string.Concat(Enumerable.Range(0, 20).Select(i => (i < 10 ? first : second) + "\n")));
        return name;
    }
}
