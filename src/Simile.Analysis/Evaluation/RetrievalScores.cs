namespace Simile.Analysis;

/// <summary>The quality of a run: each measure for each query, and its mean.</summary>
/// <remarks>Equal to trec_eval (Buckley and others, NIST): graded relevance; ties are ranked by descending document name.</remarks>
public sealed class RetrievalScores
{
    private RetrievalScores(IReadOnlyList<RetrievalMeasure> measures, IReadOnlyDictionary<string, IReadOnlyList<double>> queries)
    {
        (Measures, Queries) = (measures, queries);
        Means = [.. Enumerable.Range(0, measures.Count).Select(m => queries.Values.Average(values => values[m]))];
    }

    /// <summary>What was measured; the order is that of <see cref="Means"/> and of the values of each query.</summary>
    public IReadOnlyList<RetrievalMeasure> Measures { get; }

    /// <summary>The value of each measure for each query.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> Queries { get; }

    /// <summary>The mean of each measure over queries.</summary>
    public IReadOnlyList<double> Means { get; }

    /// <summary>Evaluates a run.</summary>
    /// <param name="qrels">The relevance judgments.</param>
    /// <param name="run">The results to evaluate.</param>
    /// <param name="measures">The measures; null for <see cref="RetrievalMeasure.Usual"/>.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">No query has both judgments and results, or a measure or option is out of range.</exception>
    public static RetrievalScores Measure(
        Qrels qrels, RetrievalRun run, IReadOnlyList<RetrievalMeasure>? measures = null, RetrievalOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(qrels);
        ArgumentNullException.ThrowIfNull(run);
        options ??= new RetrievalOptions();
        options.Validate();
        measures ??= RetrievalMeasure.Usual;
        foreach (var measure in measures)
        {
            measure.Validate();
        }

        var answered = run.Queries.ToHashSet(StringComparer.Ordinal);
        var queries = qrels.Queries.Where(q => options.CountsUnanswered || answered.Contains(q)).ToArray();
        if (queries.Length == 0)
        {
            throw new ArgumentException("No query of the run is judged: both must use the same query names.");
        }

        return new RetrievalScores(measures, queries.ToDictionary(
            q => q,
            q => (IReadOnlyList<double>)new Ranking(qrels.GradesOf(q)!, run.Ranked(q), options.RelevanceLevel).Values(measures),
            StringComparer.Ordinal));
    }
}
