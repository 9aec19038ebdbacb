namespace Simile.Analysis;

/// <summary>What is measured of a ranking. All are in [0, 1], greater is better, and 0 where a query has no relevant document.</summary>
public enum RetrievalMeasureKind
{
    /// <summary>Normalized discounted cumulative gain: the grades divided by log₂(rank + 1), as a share of what the best order reaches. Gain is the grade itself, as in trec_eval.</summary>
    Ndcg,

    /// <summary>The mean of the precisions at each relevant document, those that were not found counted as 0. Its mean over queries is MAP.</summary>
    AveragePrecision,

    /// <summary>1 / rank of the first relevant document. Its mean over queries is MRR.</summary>
    ReciprocalRank,

    /// <summary>The share of the relevant documents that was found.</summary>
    Recall,

    /// <summary>The share of the cutoff that is relevant; ranks without a document count as irrelevant.</summary>
    Precision,

    /// <summary>1 where a relevant document was found.</summary>
    Success,

    /// <summary>The precision at as many documents as are relevant: trec_eval's <c>Rprec</c>.</summary>
    RPrecision,
}
