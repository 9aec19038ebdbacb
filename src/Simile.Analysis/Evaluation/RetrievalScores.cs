namespace Simile.Analysis;

/// <summary>How good a run is: each measure for each query, and its mean.</summary>
/// <remarks>As trec_eval computes them (Buckley and others, NIST); graded relevance; equal scores are ranked by document, descending.</remarks>
public sealed class RetrievalScores
{
    private RetrievalScores(IReadOnlyList<RetrievalMeasure> measures, IReadOnlyDictionary<string, IReadOnlyList<double>> queries)
    {
        (Measures, Queries) = (measures, queries);
        Means = [.. Enumerable.Range(0, measures.Count).Select(m => queries.Values.Average(values => values[m]))];
    }

    /// <summary>What was measured.</summary>
    public IReadOnlyList<RetrievalMeasure> Measures { get; }

    /// <summary>The value of each of <see cref="Measures"/>, for each query.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> Queries { get; }

    /// <summary>The mean over queries of each of <see cref="Measures"/>.</summary>
    public IReadOnlyList<double> Means { get; }

    /// <summary>Measures a run.</summary>
    /// <param name="qrels">Which documents are relevant.</param>
    /// <param name="run">Which documents were found.</param>
    /// <param name="measures">What is measured; null for <see cref="RetrievalMeasure.Usual"/>.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">No query was both judged and answered, or a measure or option is out of its range.</exception>
    public static RetrievalScores Measure(Qrels qrels, RetrievalRun run, IReadOnlyList<RetrievalMeasure>? measures = null, RetrievalOptions? options = null)
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
            throw new ArgumentException("No query of the run is judged: the judgments and the run must name queries alike.");
        }

        return new RetrievalScores(measures, queries.ToDictionary(
            q => q,
            q => (IReadOnlyList<double>)new Ranking(qrels.GradesOf(q)!, run.Ranked(q), options.RelevanceLevel).Values(measures),
            StringComparer.Ordinal));
    }
}
