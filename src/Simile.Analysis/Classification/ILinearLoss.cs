namespace Simile.Analysis;

/// <summary>The loss of a linear classifier for the scores of one example.</summary>
internal interface ILinearLoss
{
    /// <summary>Whether intercepts are regularized.</summary>
    bool PenalizesIntercept { get; }

    /// <summary>The loss for two classes. Replaces the score by its derivative.</summary>
    double Binary(ref float score, int label);

    /// <summary>The loss for several classes. Replaces the scores by their derivatives.</summary>
    double Multiple(Span<float> scores, int label);
}
