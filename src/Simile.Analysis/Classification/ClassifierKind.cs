namespace Simile.Analysis;

/// <summary>How a <see cref="Classifier"/> decides.</summary>
public enum ClassifierKind
{
    /// <summary>Multinomial logistic regression: probabilities of its own; the usual choice for frozen embeddings.</summary>
    LogisticRegression,

    /// <summary>A linear support vector machine for each class against the rest.</summary>
    LinearSvm,

    /// <summary>The votes of the nearest examples: nothing to train, any shape of classes, slower the more examples there are.</summary>
    NearestNeighbors,
}
