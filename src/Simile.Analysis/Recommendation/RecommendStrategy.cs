namespace Simile.Analysis;

/// <summary>How examples become a score.</summary>
public enum RecommendStrategy
{
    /// <summary>
    /// The nearest to one point: the mean of the positive examples, moved away from the mean of the negative ones by their difference. One
    /// search.
    /// </summary>
    Average,

    /// <summary>
    /// The score to the closest positive example; below all others where a negative one is closer. For examples of several kinds.
    /// </summary>
    BestScore,

    /// <summary>
    /// A linear support vector machine separates positive examples from negative ones. Without negative examples it takes random vectors
    /// for them. Needs many examples.
    /// </summary>
    Linear,
}
