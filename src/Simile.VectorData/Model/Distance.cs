using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;
using Simile.Numerics;

namespace Simile.VectorData.Model;

/// <summary>
/// A distance function of Microsoft.Extensions.VectorData: the metric that ranks by it, and the conversion between a score of ours (greater
/// is closer) and its value.
/// </summary>
/// <param name="Name">The constant of <see cref="DistanceFunction"/>.</param>
/// <param name="Metric">The metric of the index.</param>
/// <param name="IsSimilarity">Whether greater values are closer.</param>
internal sealed record Distance(string Name, Metric Metric, bool IsSimilarity)
{
    private static readonly Distance[] All =
    [
        new(DistanceFunction.CosineSimilarity, Metric.Cosine, IsSimilarity: true),
        new(DistanceFunction.CosineDistance, Metric.Cosine, IsSimilarity: false),
        new(DistanceFunction.DotProductSimilarity, Metric.Dot, IsSimilarity: true),
        new(DistanceFunction.NegativeDotProductSimilarity, Metric.Dot, IsSimilarity: false),
        new(DistanceFunction.EuclideanDistance, Metric.L2, IsSimilarity: false),
        new(DistanceFunction.EuclideanSquaredDistance, Metric.L2, IsSimilarity: false),
        new(DistanceFunction.ManhattanDistance, Metric.Manhattan, IsSimilarity: false),
        new(DistanceFunction.HammingDistance, Metric.Hamming, IsSimilarity: false),
    ];

    /// <summary>The distance function of a property; cosine similarity where none is named.</summary>
    /// <exception cref="NotSupportedException">There is no such function.</exception>
    public static Distance Of(VectorPropertyModel property)
    {
        var name = property.DistanceFunction ?? DistanceFunction.CosineSimilarity;
        return All.FirstOrDefault(distance => distance.Name == name) ?? throw new NotSupportedException(
            $"Property '{property.ModelName}' asks for the distance function '{name}'. Choose one "
            + $"of {string.Join(", ", All.Select(distance => distance.Name))}.");
    }

    /// <summary>The value of a score.</summary>
    public double Value(float score) => Name switch
    {
        DistanceFunction.CosineDistance => 1.0 - score,
        DistanceFunction.EuclideanDistance => Math.Sqrt(-(double)score),
        _ => IsSimilarity ? score : 0.0 - score,
    };

    /// <summary>The score of a value: the inverse of <see cref="Value"/>.</summary>
    public double Score(double value) => Name switch
    {
        DistanceFunction.CosineDistance => 1 - value,
        DistanceFunction.EuclideanDistance => value < 0 ? double.PositiveInfinity : -(value * value),
        _ => IsSimilarity ? value : -value,
    };

    /// <summary>Whether a value reaches a threshold, which is inclusive.</summary>
    public bool Reaches(double value, double threshold) => IsSimilarity ? value >= threshold : value <= threshold;
}
