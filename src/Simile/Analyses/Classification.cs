using Simile.Analysis;
using Simile.Numerics;

namespace Simile.Analyses;

/// <summary>What a trained classifier says of items.</summary>
/// <param name="Classes">The classes, in ordinal order.</param>
/// <param name="Probabilities">Items × classes.</param>
public sealed record Classification(IReadOnlyList<string> Classes, VectorMatrix Probabilities)
{
    /// <summary>Classifies items.</summary>
    /// <param name="vectors">Items, of the model that the classifier was trained with.</param>
    /// <param name="classifier">The classifier.</param>
    /// <exception cref="ArgumentException">The vectors are of another model, or have other dimensions.</exception>
    public static Classification Run(AnalyzedVectors vectors, Classifier classifier)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentNullException.ThrowIfNull(classifier);
        if (classifier.Options.Model is { } trained && vectors.Model is { } given && !trained.IsSameAs(given))
        {
            throw new ArgumentException(
                $"The classifier was trained with the model {trained.Name}, not with {given.Name}: "
                + "vectors of different models cannot be compared.");
        }

        return new Classification(classifier.Classes, classifier.Probabilities(vectors.Vectors));
    }

    /// <summary>The classes of an item, most probable first.</summary>
    public IReadOnlyList<Prediction> Of(int row) =>
        [.. Classes.Select((name, c) => new Prediction(name, Probabilities[row][c])).OrderByDescending(each => each.Probability)];

    /// <summary>Counts what is right and wrong.</summary>
    /// <param name="vectors">Items with labels.</param>
    /// <param name="classifier">The classifier.</param>
    /// <exception cref="ArgumentException">Labels are missing; otherwise as <see cref="Run"/>.</exception>
    public static ConfusionMatrix Evaluate(AnalyzedVectors vectors, Classifier classifier)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        vectors.Require(1, "An evaluation");
        var labels = vectors.RequireLabels();
        var found = Run(vectors, classifier);
        return ConfusionMatrix.Of(labels, [.. Enumerable.Range(0, vectors.Count).Select(row => found.Of(row)[0].Label)]);
    }
}
