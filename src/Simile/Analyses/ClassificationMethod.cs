namespace Simile.Analyses;

/// <summary>How a classifier learns.</summary>
public enum ClassificationMethod
{
    /// <summary>Multinomial logistic regression: the usual choice.</summary>
    Logistic,

    /// <summary>A linear support vector machine per class.</summary>
    Svm,

    /// <summary>Votes of the nearest examples: classes of any shape.</summary>
    Knn,
}
