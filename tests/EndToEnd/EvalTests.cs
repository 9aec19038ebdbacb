using System.Globalization;
using Simile.Testing;

namespace EndToEnd;

/// <summary>eval: models on tasks with known answers.</summary>
public sealed class EvalTests : IDisposable
{
    private const string Pairs = "A cat sleeps.,A cat is sleeping.,5\nA man rides a horse.,The stock market fell.,0\n"
        + "It rains today.,Today there is rain.,4.5\nHe plays guitar.,She reads a book.,1\n";
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    // shared/MANIFEST.md: the same forward pass in PyTorch.
    [Theory]
    [InlineData("en", .8343, .8330)]
    [InlineData("zh", .8011, .7967)]
    public void STS_B_gives_the_correlations_of_the_reference(string language, double pearson, double spearman)
    {
        var scores = Scores("eval", "sts", Assets.Require($"data/text/stsb/stsb-{language}-dev.csv"), "--json");
        Assert.Equal(pearson, scores["pearson"], 1e-4);
        Assert.Equal(spearman, scores["spearman"], 1e-4);
    }

    [Fact]
    public void Models_and_tasks_are_named_where_there_are_several_and_stand_in_one_table()
    {
        _tool.Write("a.csv", Pairs);
        _tool.Write("b.csv", Pairs);
        Assert.Equal(["metric", "value"], Names("a.csv"));
        Assert.Equal(["model", "metric", "value"], Names("a.csv", "-m", "simile/base", "-m", "simile/base"));
        Assert.Equal(["task", "metric", "value"], Names("a.csv", "b.csv"));
        var table = _tool.Run("eval", "sts", "a.csv", "b.csv", "-m", "simile/base", "-m", "simile/base").Succeeds().Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(5, table.Length);
        Assert.Equal(["model", "task", "pearson", "spearman"], table[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Matches("^simile/base  b.csv +[.0-9]+ +[.0-9]+$", table[4]);

        IEnumerable<string> Names(params string[] arguments) =>
            _tool.Run(["eval", "sts", .. arguments, "--json"]).Succeeds().Json[0].EnumerateObject().Select(property => property.Name);
    }

    [Fact]
    public void Retrieval_reads_folders_and_single_files_and_runs_of_other_systems()
    {
        _tool.Write(
            "task/corpus.jsonl",
            "{\"_id\":\"d1\",\"title\":\"Penguins\",\"text\":\"are birds that cannot fly\"}\n"
            + "{\"_id\":\"d2\",\"title\":\"\",\"text\":\"The invoice is due in March.\"}\n");
        _tool.Write("task/queries.jsonl", "{\"_id\":\"q1\",\"text\":\"flightless birds\"}\n{\"_id\":\"q2\",\"text\":\"when to pay\"}\n");
        _tool.Write("task/qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t1\n");
        Assert.Equal(["ndcg@10", "mrr@10", "recall@10", "recall@100", "map"], Scores("eval", "retrieval", "task", "--json").Keys);
        var single = Scores(
            "eval", "retrieval", "--corpus", "task/corpus.jsonl", "--queries", "task/queries.jsonl",
            "--qrels", "task/qrels/test.tsv", "--measure", "mrr", "--json");
        Assert.Equal(1, single["mrr"]);
        _tool.Write("run", "q1 Q0 d2 1 2 bm25\nq1 Q0 d1 2 1 bm25\nq2 Q0 d2 1 1 bm25\n");
        Assert.Equal(
            .75, Scores("eval", "retrieval", "--qrels", "task/qrels/test.tsv", "--run", "run", "--measure", "mrr@10", "--json")["mrr@10"]);

        _tool.Run("eval", "retrieval", "task", "--qrels", "x").FailsWith(2, "FOLDER");
        _tool.Run("eval", "retrieval").FailsWith(2, "FOLDER");
        _tool.Run("eval", "retrieval", "task", "--measure", "bpref").FailsWith(2, "bpref");
        _tool.Run("eval", "retrieval", "task", "--split", "dev").FailsWith(1, "dev.tsv");
        _tool.Run("eval", "retrieval", "nothing").FailsWith(1, "corpus.jsonl");
    }

    [Fact]
    public void Classification_is_measured_by_folds_by_a_test_file_and_by_few_examples()
    {
        _tool.Write(
            "train.csv",
            "text,label\nThe penguin swims.,birds\nOwls hunt at night.,birds\nA parrot talks.,birds\nThe invoice is due.,money\n"
            + "Taxes are high.,money\nThe bank lends cash.,money\n");
        _tool.Write("test.csv", "text,label\nEagles fly.,birds\nShe pays the bill.,money\n");
        string[] columns = ["--text", "text", "--label", "label", "--json"];
        Assert.Equal(
            ["knn_accuracy", "knn_macro_f1", "logistic_accuracy", "logistic_macro_f1"],
            Scores(["eval", "classification", "train.csv", "--folds", "3", .. columns]).Keys);
        Assert.Equal(1, Scores(["eval", "classification", "train.csv", "--test", "test.csv", .. columns])["logistic_accuracy"]);
        Assert.Equal(
            ["accuracy_of_1", "accuracy_of_2"], Scores(["eval", "classification", "train.csv", "--shots", "1,2", .. columns]).Keys);

        _tool.Write("one.csv", "text,label\na,x\nb,x\n");
        _tool.Run(["eval", "classification", "one.csv", .. columns]).FailsWith(1, "'x'");
        _tool.Run(["eval", "clustering", "one.csv", .. columns]).FailsWith(1, "one class");
        _tool.Run(["eval", "classification", "train.csv", "--folds", "1", .. columns]).FailsWith(2, "at least 2");
        _tool.Run(["eval", "classification", "train.csv", "--shots", "0", .. columns]).FailsWith(2, "'0'");
        _tool.Run(["eval", "classification", "train.csv", "--shots", "1", "--folds", "2", .. columns]).FailsWith(2, "--shots");
        _tool.Run("eval", "classification", "train.csv").FailsWith(1, "at least 2 items");
    }

    [Fact]
    public void Clusters_that_are_the_classes_score_1_and_labels_of_files_are_compared()
    {
        Blobs("v.jsonl", shift: 0);
        _tool.Write("labels.txt", string.Concat(Enumerable.Range(0, 40).Select(i => i < 20 ? "a\n" : "b\n")));
        Assert.Equal(1, Scores("eval", "clustering", "v.jsonl", "--labels", "labels.txt", "--json")["ari"]);
        _tool.Write("found.txt", string.Concat(Enumerable.Range(0, 40).Select(i => i < 20 ? "7\n" : "3\n")));
        var scores = Scores("eval", "labels", "labels.txt", "found.txt", "--json");
        Assert.Equal((0, 1), (scores["accuracy"], scores["v_measure"]));
        _tool.Write("short.txt", "7\n");
        _tool.Run("eval", "labels", "labels.txt", "short.txt").FailsWith(1, "40");
        _tool.Run("eval", "labels", "labels.txt", "none.txt").FailsWith(1, "none.txt");
    }

    [Fact]
    public void Drift_is_seen_where_there_is_some()
    {
        Blobs("a.jsonl", shift: 0, seed: 1);
        Blobs("b.jsonl", shift: 0, seed: 2);
        Blobs("c.jsonl", shift: 2, seed: 3);
        var (same, moved) =
            (Scores("eval", "drift", "a.jsonl", "b.jsonl", "--json"), Scores("eval", "drift", "a.jsonl", "c.jsonl", "--json"));
        Assert.Equal(["mean_shift", "classifier_auc", "energy_distance", "energy_p", "mmd", "mmd_p"], same.Keys);
        Assert.InRange(same["energy_p"], .1, 1);
        Assert.InRange(moved["energy_p"], 0, .05);
        Assert.InRange(moved["classifier_auc"], .9, 1);
        Assert.InRange(moved["mean_shift"], 1.8, 2.2);
        _tool.Write("one.jsonl", "{\"vector\":[1,2]}\n");
        _tool.Run("eval", "drift", "a.jsonl", "one.jsonl").FailsWith(1);
        _tool.Run("eval", "drift", "a.jsonl", "none.jsonl").FailsWith(1, "none.jsonl");
        _tool.Write("old.csv", "q\nHow do I pay?\nWhere is my card?\nWhat does it cost?\n");
        Assert.Equal(6, Scores("eval", "drift", "old.csv", "old.csv", "--text", "q", "--json").Count);
    }

    [Fact]
    public void Bad_input_is_said_in_a_sentence()
    {
        _tool.Write("words.csv", "a,b,c\nx,y,many\n");
        _tool.Write("equal.csv", "a,b,3\nc,d,3\n");
        _tool.Write("empty.csv", "");
        _tool.Run("eval", "sts", "words.csv").FailsWith(1, "'many'");
        _tool.Run("eval", "sts", "equal.csv").FailsWith(1, "constant");
        _tool.Run("eval", "sts", "empty.csv").FailsWith(1);
        _tool.Run("eval", "sts", "none.csv").FailsWith(1, "none.csv");
        _tool.Run("eval", "sts", "equal.csv", "--model", "nothing/here").FailsWith(1, "nothing/here");
        _tool.Run("eval").FailsWith(2, "sts");
        _tool.Run("eval", "map").FailsWith(2, "map");
    }

    private Dictionary<string, double> Scores(params string[] arguments) =>
        _tool.Run(arguments).Succeeds().Json
            .ToDictionary(line => line.GetProperty("metric").GetString()!, line => line.GetProperty("value").GetDouble());

    // Two groups of 20 around (0, 10) and (10, 0), moved by a shift.
    private void Blobs(string name, double shift, int seed = 1)
    {
        var random = new Random(seed);
        var lines = Enumerable.Range(0, 40)
            .Select(i => string.Create(
                CultureInfo.InvariantCulture,
                $"{{\"vector\":[{(i < 20 ? 0 : 10) + shift + random.NextDouble()},{(i < 20 ? 10 : 0) + random.NextDouble()}]}}"));
        _tool.Write(name, string.Join('\n', lines) + "\n");
    }
}
