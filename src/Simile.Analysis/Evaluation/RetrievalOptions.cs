namespace Simile.Analysis;

/// <summary>How rankings are measured.</summary>
public sealed record RetrievalOptions
{
    /// <summary>The least grade of a relevant document, at least 1: trec_eval's <c>-l</c>. nDCG uses the grades themselves.</summary>
    public int RelevanceLevel { get; init; } = 1;

    /// <summary>Whether a judged query without an answer counts as 0: trec_eval's <c>-c</c>. By default it is left out of the means, as trec_eval does.</summary>
    public bool CountsUnanswered { get; init; }

    internal void Validate() => ArgumentOutOfRangeException.ThrowIfLessThan(RelevanceLevel, 1);
}
