using Simile.Analysis;
using Simile.Numerics;

namespace Simile.Analyses;

/// <summary>Folds and classifier settings of <see cref="ClassifierTraining.Run"/>.</summary>
public sealed record ClassificationOptions
{
    /// <summary>How the classifier learns.</summary>
    public ClassificationMethod Method { get; init; }

    /// <summary>Folds of the cross-validation; 1 for none. Null for 5, or fewer where there are fewer examples.</summary>
    public int? Folds { get; init; }

    /// <summary>How examples are compared by <see cref="ClassificationMethod.Knn"/>; null for the metric of the vectors.</summary>
    public Metric? Metric { get; init; }

    /// <summary>The seed of the folds.</summary>
    public int Seed { get; init; } = 1;

    internal ClassifierOptions For(AnalyzedVectors vectors) => new()
    {
        Kind = Method switch
        {
            ClassificationMethod.Svm => ClassifierKind.LinearSvm,
            ClassificationMethod.Knn => ClassifierKind.NearestNeighbors,
            _ => ClassifierKind.LogisticRegression,
        },
        Metric = Metric ?? vectors.Metric,
        Model = vectors.Model,
        Seed = Seed,
    };
}
