namespace Simile.Analysis;

/// <summary>Retrieval measures. All are in [0, 1], greater is better, and 0 if a query has no relevant document.</summary>
public enum RetrievalMeasureKind
{
    /// <summary>
    /// Normalized discounted cumulative gain: grades divided by log₂(rank + 1), relative to the ideal order. The gain is the grade itself,
    /// as in trec_eval.
    /// </summary>
    Ndcg,

    /// <summary>
    /// Average precision: the mean of the precisions at each relevant document; 0 for those not found. Its mean over queries is MAP.
    /// </summary>
    AveragePrecision,

    /// <summary>1 / rank of the first relevant document. Its mean over queries is MRR.</summary>
    ReciprocalRank,

    /// <summary>The share of relevant documents that was found.</summary>
    Recall,

    /// <summary>The share of relevant documents among the top ones; missing ranks count as irrelevant.</summary>
    Precision,

    /// <summary>1 if a relevant document was found.</summary>
    Success,

    /// <summary>The precision at as many documents as are relevant: trec_eval's <c>Rprec</c>.</summary>
    RPrecision,
}
