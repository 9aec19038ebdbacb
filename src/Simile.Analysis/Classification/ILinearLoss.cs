namespace Simile.Analysis;

/// <summary>What a linear classifier loses by the scores of one example.</summary>
internal interface ILinearLoss
{
    /// <summary>Whether intercepts are part of the penalty.</summary>
    bool PenalizesIntercept { get; }

    /// <summary>The loss of a score of class 1 against class 0; the score becomes its derivative.</summary>
    double Binary(ref float score, int label);

    /// <summary>The loss of the scores of all classes; they become their derivatives.</summary>
    double Multiple(Span<float> scores, int label);
}
