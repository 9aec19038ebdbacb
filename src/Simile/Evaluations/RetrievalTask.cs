using Simile.Analysis;
using Simile.Index;

namespace Simile.Evaluations;

/// <summary>Retrieval: how well the documents nearest to a query are those that people judged relevant.</summary>
/// <param name="Documents">The text of each document by its id.</param>
/// <param name="Queries">The text of each query by its id.</param>
/// <param name="Judgments">The relevance judgments. Queries without any are not used.</param>
public sealed record RetrievalTask(
    IReadOnlyDictionary<string, string> Documents, IReadOnlyDictionary<string, string> Queries, Qrels Judgments)
{
    // trec_eval and MTEB also rank this many.
    private const int Depth = 1000;

    /// <summary>nDCG@10, MRR@10, recall@10, recall@100 and MAP of the first 1,000 documents.</summary>
    public static IReadOnlyList<string> UsualMeasures { get; } = ["ndcg@10", "mrr@10", "recall@10", "recall@100", "map"];

    /// <summary>Judged queries whose text is known: those that are measured.</summary>
    public IReadOnlyList<string> JudgedQueries { get; } = [.. Judgments.Queries.Where(Queries.ContainsKey)];

    /// <summary>How many relevant documents of these queries the corpus does not have. They count as not found.</summary>
    public int AbsentDocuments =>
        JudgedQueries.Sum(query => Judgments.GradesOf(query)!.Count(grade => grade.Value > 0 && !Documents.ContainsKey(grade.Key)));

    /// <summary>Reads documents, queries and judgments from files in the forms of BEIR or MS MARCO.</summary>
    /// <param name="corpus">
    /// Documents: JSON lines or a table with the columns <c>_id</c> (or <c>id</c>), <c>text</c> and maybe <c>title</c>, which is put before
    /// the text (BEIR); or tab-separated lines of an id and texts without a header (MS MARCO).
    /// </param>
    /// <param name="queries">Queries, in the same forms.</param>
    /// <param name="judgments">Judgments, as <see cref="Qrels.Read"/> takes them.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="InvalidDataException">A file is damaged, an id is there twice, or no judged query has a text.</exception>
    public static RetrievalTask Read(string corpus, string queries, string judgments, CancellationToken cancellationToken = default)
    {
        var task = new RetrievalTask(
            TextsById.Read(corpus, cancellationToken), TextsById.Read(queries, cancellationToken), Qrels.Read(judgments));
        return task.JudgedQueries.Count > 0 ? task
            : throw new InvalidDataException($"{judgments} judges none of the queries of {queries}: both must use the same query ids.");
    }

    /// <summary>Embeds documents and judged queries, with the model's prompts of both, and ranks by the model's similarity.</summary>
    /// <param name="model">The model.</param>
    /// <param name="measures">Measures as <see cref="RetrievalMeasure.Parse"/> takes them; null for <see cref="UsualMeasures"/>.</param>
    /// <param name="progress">Optional callback with the number of embedded texts.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>The mean of each measure over the judged queries, as trec_eval has it: 0 for a query without relevant documents.</returns>
    /// <exception cref="ArgumentException">A measure is unknown, or there is nothing to rank.</exception>
    public IReadOnlyList<MetricValue> Measure(
        TextEmbedder model,
        IReadOnlyList<string>? measures = null,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Measure(Judgments, Rank(model, progress, cancellationToken), measures);
    }

    /// <summary>Measures a run that another system made.</summary>
    /// <param name="judgments">The relevance judgments.</param>
    /// <param name="run">What was found.</param>
    /// <param name="measures">Measures as <see cref="RetrievalMeasure.Parse"/> takes them; null for <see cref="UsualMeasures"/>.</param>
    /// <exception cref="ArgumentException">A measure is unknown, or no query of the run is judged.</exception>
    public static IReadOnlyList<MetricValue> Measure(Qrels judgments, RetrievalRun run, IReadOnlyList<string>? measures = null)
    {
        measures ??= UsualMeasures;
        var scores = RetrievalScores.Measure(judgments, run, [.. measures.Select(RetrievalMeasure.Parse)]);
        return [.. measures.Zip(scores.Means, (name, mean) => new MetricValue(name, mean))];
    }

    private RetrievalRun Rank(TextEmbedder model, IProgress<int>? progress, CancellationToken stop)
    {
        string[] ids = [.. Documents.Keys];
        using var index = new FlatIndex(model.Similarity, model.Dimensions);
        index.Add(model.EmbedDocuments([.. ids.Select(id => Documents[id])], progress, stop));
        var queries = model.EmbedQueries([.. JudgedQueries.Select(query => Queries[query])], null, stop);
        var run = new RetrievalRun();
        foreach (var (row, hits) in index.Search(queries, Math.Min(Depth, ids.Length)).Index())
        {
            stop.ThrowIfCancellationRequested();
            foreach (var hit in hits)
            {
                run.Add(JudgedQueries[row], ids[hit.Id], hit.Score);
            }
        }

        return run;
    }
}
