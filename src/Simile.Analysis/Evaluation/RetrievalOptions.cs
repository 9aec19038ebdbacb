namespace Simile.Analysis;

/// <summary>Which grade makes a document relevant, and whether unanswered queries count.</summary>
public sealed record RetrievalOptions
{
    /// <summary>Minimum grade of a relevant document, at least 1: trec_eval's <c>-l</c>. nDCG uses the grades themselves.</summary>
    public int RelevanceLevel { get; init; } = 1;

    /// <summary>
    /// Whether a judged query without results counts as 0: trec_eval's <c>-c</c>. By default it is left out, as in trec_eval.
    /// </summary>
    public bool CountsUnanswered { get; init; }

    internal void Validate() => ArgumentOutOfRangeException.ThrowIfLessThan(RelevanceLevel, 1);
}
