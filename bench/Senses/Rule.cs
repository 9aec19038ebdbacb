using System.Globalization;
using Simile.Numerics;

namespace Senses;

/// <summary>A way to make the vector of a thing from the probabilities of its classes.</summary>
/// <param name="Classes">The strongest classes that count.</param>
/// <param name="Power">What a probability is raised to.</param>
/// <param name="IsCentered">Whether the mean of the class vectors is taken from them and from what is looked for.</param>
internal sealed record Rule(int Classes, double Power, bool IsCentered)
{
    public static IEnumerable<Rule> All =>
        from centered in new[] { false, true }
        from power in new[] { 1, 0.5, 0.35, 0.25 }
        from classes in new[] { 5, 10, 50 }
        select new Rule(classes, power, centered);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Classes} classes, power {Power:0.##}{(IsCentered ? ", centered" : "")}");

    /// <summary>The class vectors as this rule takes them, and what is taken from them.</summary>
    public (VectorMatrix Classes, float[] Mean) Space(VectorMatrix classes)
    {
        var mean = IsCentered ? VectorMath.Mean(classes) : new float[classes.Dimensions];
        var centered = new VectorMatrix(classes.Count, classes.Dimensions);
        for (var i = 0; i < classes.Count; i++)
        {
            VectorMath.Subtract(classes[i], mean, centered[i]);
        }

        return (centered, mean);
    }

    /// <summary>The vector of a thing, of length 1.</summary>
    public float[] Place(float[] probabilities, VectorMatrix classes)
    {
        var vector = new float[classes.Dimensions];
        foreach (var c in Enumerable.Range(0, probabilities.Length).OrderByDescending(c => probabilities[c]).Take(Classes))
        {
            VectorMath.Add(vector, VectorMath.Scale(classes[c], (float)Math.Pow(Math.Max(0, probabilities[c]), Power)), vector);
        }

        return VectorMath.Normalize(vector);
    }

    /// <summary>A query for words as this rule takes it, of length 1.</summary>
    public static float[] Query(float[] words, float[] mean) => VectorMath.Normalize(VectorMath.Subtract(words, mean));
}
