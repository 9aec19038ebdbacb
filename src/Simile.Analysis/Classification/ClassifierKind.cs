namespace Simile.Analysis;

/// <summary>The algorithm of a <see cref="Classifier"/>.</summary>
public enum ClassifierKind
{
    /// <summary>Multinomial logistic regression, with its own probabilities. The usual choice for frozen embeddings.</summary>
    LogisticRegression,

    /// <summary>A linear support vector machine per class, one against the rest.</summary>
    LinearSvm,

    /// <summary>Votes of the nearest examples. No training; handles classes of any shape; slower with more examples.</summary>
    NearestNeighbors,
}
