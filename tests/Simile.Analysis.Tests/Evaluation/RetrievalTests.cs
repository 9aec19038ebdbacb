namespace Simile.Analysis.Tests.Evaluation;

public class RetrievalTests
{
    [Fact]
    public void Measures_are_those_of_trec_eval()
    {
        var scores = RetrievalScores.Measure(
            Judged("a 3", "b 1", "c 0", "e 2"),
            Found("c 9", "a 8", "x 7", "b 6"),
            [.. "ndcg_cut_3 ndcg map recip_rank recall_2 P_5 success_1 map_cut_2 Rprec".Split(' ').Select(RetrievalMeasure.Parse)]);
        var ideal = 3 + (2 / Math.Log2(3)) + (1 / 2.0);
        double[] expected =
        [
            3 / Math.Log2(3) / ideal, ((3 / Math.Log2(3)) + (1 / Math.Log2(5))) / ideal,
            ((1 / 2.0) + (2 / 4.0)) / 3, 1 / 2.0, 1 / 3.0, 2 / 5.0, 0, 1 / 2.0 / 3, 1 / 3.0,
        ];
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], scores.Means[i], 1e-12);
        }
    }

    [Fact]
    public void Equal_scores_are_ranked_by_document_descending() =>
        Assert.Equal(["z", "é", "b", "a"], Found("a 1", "b 1", "é 1", "z 2").Ranked("q"));

    [Fact]
    public void Scores_that_are_one_float_are_equal() =>
        Assert.Equal(["b", "a"], Run(("a", 0.1), ("b", 0.1 - 1e-12)).Ranked("q"));

    [Fact]
    public void Documents_above_the_basic_plane_are_compared_by_code_points() =>
        Assert.Equal(["\U0001F600", "\uFF21"], Run(("\uFF21", 1), ("\U0001F600", 1)).Ranked("q"));

    [Fact]
    public void Grades_below_zero_and_queries_without_relevant_documents_count_as_nothing()
    {
        var scores = RetrievalScores.Measure(Judged("a -1", "b 0"), Found("a 2", "b 1"));
        Assert.All(scores.Means, mean => Assert.Equal(0, mean));
    }

    [Fact]
    public void Unanswered_queries_count_only_where_it_is_asked_for()
    {
        var qrels = Judged("a 1");
        qrels.Add("other", "a", 1);
        Assert.Equal(1, RetrievalScores.Measure(qrels, Found("a 1"), [RetrievalMeasure.Parse("MRR")]).Means[0]);
        Assert.Equal(
            0.5, RetrievalScores.Measure(qrels, Found("a 1"), [RetrievalMeasure.Parse("MRR")], new() { CountsUnanswered = true }).Means[0]);
    }

    [Fact]
    public void A_level_decides_what_is_relevant() =>
        Assert.Equal(0.5, RetrievalScores.Measure(
            Judged("a 1", "b 2"), Found("a 2", "b 1"), [RetrievalMeasure.Parse("recip_rank")], new() { RelevanceLevel = 2 }).Means[0]);

    [Theory]
    [InlineData("ndcg@10", "ndcg_cut_10")]
    [InlineData("nDCG_cut_5", "ndcg_cut_5")]
    [InlineData("MAP", "map")]
    [InlineData("mrr", "recip_rank")]
    [InlineData("P@5", "P_5")]
    [InlineData("Recall@100", "recall_100")]
    public void Names_are_read_in_both_forms(string name, string expected) =>
        Assert.Equal(expected, RetrievalMeasure.Parse(name).ToString());

    [Theory]
    [InlineData("bpref")]
    [InlineData("recall")]
    [InlineData("P@0")]
    [InlineData("Rprec@3")]
    [InlineData("")]
    public void Other_names_are_refused_in_a_sentence(string name) => Sentence.Of<ArgumentException>(() => RetrievalMeasure.Parse(name));

    [Fact]
    public void Files_of_trec_and_of_beir_are_read()
    {
        var folder = Directory.CreateTempSubdirectory("simile-test-");
        try
        {
            string Write(string name, string text)
            {
                var path = Path.Combine(folder.FullName, name);
                File.WriteAllText(path, text);
                return path;
            }

            var trec = Qrels.Read(Write("qrels", "q1 0 d1 2\nq1 0 d2 0\n\n"));
            Assert.Equal(2, trec.GradesOf("q1")!["d1"]);
            var beir = Qrels.Read(Write("qrels.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t1\n"));
            Assert.Equal(1, beir.GradesOf("q1")!["d1"]);
            Assert.Equal(["d2", "d1"], RetrievalRun.Read(Write("run", "q1 Q0 d1 1 0.5 me\nq1 Q0 d2 2 7e-1 me\n")).Ranked("q1"));
            Sentence.Of<InvalidDataException>(() => Qrels.Read(Write("bad", "q1 0 d1 x\n")));
            Sentence.Of<InvalidDataException>(() => Qrels.Read(Write("twice", "q1 0 d1 1\nq1 0 d1 2\n")));
            Sentence.Of<InvalidDataException>(() => RetrievalRun.Read(Write("short", "q1 d1 0.5\n")));
            Sentence.Of<InvalidDataException>(() => RetrievalRun.Read(Write("nan", "q1 Q0 d1 1 NaN me\n")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_run_of_other_queries_is_refused_in_a_sentence()
    {
        var run = new RetrievalRun();
        run.Add("other", "a", 1);
        Sentence.Of<ArgumentException>(() => RetrievalScores.Measure(Judged("a 1"), run));
        Sentence.Of<ArgumentException>(() => RetrievalScores.Measure(new Qrels(), new RetrievalRun()));
    }

    private static Qrels Judged(params string[] judgments)
    {
        var qrels = new Qrels();
        foreach (var judgment in judgments)
        {
            qrels.Add("q", judgment.Split(' ')[0], int.Parse(judgment.Split(' ')[1]));
        }

        return qrels;
    }

    private static RetrievalRun Found(params string[] documents) =>
        Run([.. documents.Select(d => (d.Split(' ')[0], double.Parse(d.Split(' ')[1])))]);

    private static RetrievalRun Run(params (string Document, double Score)[] documents)
    {
        var run = new RetrievalRun();
        foreach (var (document, score) in documents)
        {
            run.Add("q", document, score);
        }

        return run;
    }
}
