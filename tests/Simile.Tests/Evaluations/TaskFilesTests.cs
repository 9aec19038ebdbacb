using Simile.Evaluations;
using Simile.Testing;

namespace Simile.Tests.Evaluations;

public sealed class TaskFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("simile-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("a.csv", "sentence1,sentence2,score\n\"a, b\",c,1.5\nd,d,5\n")]
    [InlineData("a.csv", "\"a, b\",c,1.5\nd,d,5\n")]
    [InlineData("a.tsv", "id\tscore\tsentence2\tsentence1\n1\t1.5\tc\ta, b\n2\t5\td\td\n")]
    [InlineData(
        "a.jsonl",
        "{\"sentence1\":\"a, b\",\"sentence2\":\"c\",\"score\":1.5}\n{\"sentence1\":\"d\",\"sentence2\":\"d\",\"score\":\"5\"}\n")]
    public void Pairs_are_read_from_each_form_of_table(string name, string text) =>
        Assert.Equal([new("a, b", "c", 1.5), new("d", "d", 5)], SimilarityTask.Read(Write(name, text)).Pairs);

    [Fact]
    public void Pairs_of_equal_texts_in_a_first_line_without_header_keep_their_texts() =>
        Assert.Equal([new("x", "x", 5), new("x", "y", 1)], SimilarityTask.Read(Write("a.csv", "x,x,5\nx,y,1\n")).Pairs);

    [Theory]
    [InlineData("6", "7", "5")]
    [InlineData("left", "right", "gold")]
    public void Columns_are_named_or_numbered(params string[] columns)
    {
        var path = Write("a.tsv", "genre\tfile\tyear\tid\tgold\tleft\tright\nnews\tf\t2015\t1\t2.5\ta\tb\n");
        Assert.Equal([new("a", "b", 2.5)], SimilarityTask.Read(path, columns).Pairs);
    }

    [Theory]
    [InlineData("a.csv", "a,b,c\nx,y,many\n", "'many'")]
    [InlineData("a.csv", "a,b\nx,y\n", "2 columns")]
    [InlineData("a.csv", "a,b,c\nx,y\n", "no pair")]
    [InlineData("a.txt", "x\ty\t1\n", ".tsv")]
    public void What_is_no_pair_is_said_in_a_sentence(string name, string text, string words) =>
        Refuses(() => SimilarityTask.Read(Write(name, text)), words);

    [Fact]
    public void A_column_that_is_not_there_is_said_in_a_sentence()
    {
        var path = Write("a.csv", "sentence1,sentence2,score\na,b,1\n");
        Refuses(() => SimilarityTask.Read(path, ["sentence1", "sentence2", "gold"]), "'gold'");
        Refuses(() => SimilarityTask.Read(path, ["1", "2", "4"]), "'4'");
        Refuses(() => SimilarityTask.Read(path, ["1", "2"]), "Three columns");
    }

    [Theory]
    [InlineData(
        "c.jsonl",
        "{\"_id\":\"d1\",\"title\":\"Owls\",\"text\":\"hunt mice\",\"metadata\":{}}\n"
        + "{\"_id\":\"d2\",\"title\":\"\",\"text\":\"Say \\\"ah\"}\n")]
    [InlineData("c.csv", "id,text,title\nd1,hunt mice,Owls\nd2,\"Say \"\"ah\",\n")]
    [InlineData("c.tsv", "d1\tOwls\thunt mice\nd2\tSay \"ah\n")]
    [InlineData("c.tsv", "_id\ttext\nd1\tOwls hunt mice\nd2\tSay \"ah\n")]
    public void Documents_are_read_from_each_form(string name, string text)
    {
        var task = RetrievalTask.Read(Write(name, text), Write("q.tsv", "q1\towl\n"), Write("qrels.txt", "q1 0 d1 1\n"));
        Assert.Equal(
            [("d1", "Owls hunt mice"), ("d2", "Say \"ah")],
            task.Documents.OrderBy(document => document.Key).Select(document => (document.Key, document.Value)));
    }

    [Fact]
    public void Queries_without_judgments_or_texts_are_not_measured_and_absent_documents_are_counted()
    {
        var task = RetrievalTask.Read(
            Write("c.tsv", "d1\tx\n"),
            Write("q.tsv", "q1\tx\nq2\ty\n"),
            Write("qrels.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td9\t1\nq1\td8\t0\nq3\td1\t1\n"));
        Assert.Equal(["q1"], task.JudgedQueries);
        Assert.Equal(1, task.AbsentDocuments);
    }

    [Fact]
    public void What_cannot_be_a_retrieval_task_is_said_in_a_sentence()
    {
        var (corpus, queries, qrels) = (Write("c.tsv", "d1\tx\n"), Write("q.tsv", "q1\tx\n"), Write("qrels", "q1 0 d1 1\n"));
        Refuses(() => RetrievalTask.Read(Write("twice.tsv", "d1\tx\nd1\ty\n"), queries, qrels), "twice");
        Refuses(() => RetrievalTask.Read(Write("short.tsv", "d1\n"), queries, qrels), "line 1");
        Refuses(() => RetrievalTask.Read(Write("empty.tsv", ""), queries, qrels), "no texts");
        Refuses(() => RetrievalTask.Read(Write("other.csv", "a,b\n1,2\n"), queries, qrels), "'_id'");
        Refuses(() => RetrievalTask.Read(Write("no-id.jsonl", "{\"_id\":\"\",\"text\":\"x\"}\n"), queries, qrels), "no id");
        Refuses(() => RetrievalTask.Read(corpus, queries, Write("others", "q7 0 d1 1\n")), "query ids");
    }

    [Fact]
    public void A_run_is_measured_by_names_as_they_were_given()
    {
        var run = new Analysis.RetrievalRun();
        run.Add("q1", "d2", 2);
        run.Add("q1", "d1", 1);
        var qrels = new Analysis.Qrels();
        qrels.Add("q1", "d1", 1);
        Assert.Equal(
            [new("mrr@10", .5), new("nDCG@10", 1 / Math.Log2(3)), new("P@1", 0)],
            RetrievalTask.Measure(qrels, run, ["mrr@10", "nDCG@10", "P@1"]));
    }

    // Numbers of scikit-learn 1.2.1: accuracy_score, f1_score(average="macro"), v_measure_score, adjusted_rand_score,
    // normalized_mutual_info_score.
    [Fact]
    public void Labels_are_compared_as_scikit_learn_does()
    {
        var scores = LabelComparison.Measure("a a a b b b c c".Split(' '), "a a b b b c c c".Split(' '));
        Assert.Equal(["accuracy", "macro_f1", "v_measure", "ari", "nmi"], scores.Select(score => score.Metric));
        double[] expected = [.75, .7555555555555555, .5588730382170326, .23809523809523808, .5588730382170326];
        Assert.All(scores.Zip(expected), pair => Assert.Equal(pair.Second, pair.First.Value, 1e-12));
    }

    private static void Refuses(Action action, string words)
    {
        var message = Assert.ThrowsAny<Exception>(action).Message;
        Effort.AssertIsSentence(message);
        Assert.Contains(words, message, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
