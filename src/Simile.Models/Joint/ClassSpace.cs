using System.Numerics.Tensors;
using Simile.Numerics;

namespace Simile.Models.Joint;

/// <summary>Puts what a classifier sees into the space of texts: its classes' probabilities weigh the vectors of their names (ConSE, Norouzi et al. 2013).</summary>
/// <param name="Vectors">One a class: the vector of its names, of length 1.</param>
/// <param name="Unrelated">The mean cosine of names of different classes, taken as texts.</param>
internal sealed record ClassSpace(VectorMatrix Vectors, float Unrelated)
{
    private const int Strongest = 5;

    private readonly float _mean = MeanCosine(Vectors);

    /// <summary>What the classifier's numbers are.</summary>
    public ClassScores Scores { get; init; } = ClassScores.Probabilities;

    /// <summary>The vector of a thing. The strongest classes weigh, by the square root of their probabilities: a second guess is worth more than it says.</summary>
    /// <param name="scores">A number for each class, as <see cref="Scores"/> says.</param>
    /// <param name="vector">Of length 1; 0 where no class has any.</param>
    public void Place(ReadOnlySpan<float> scores, Span<float> vector)
    {
        vector.Clear();
        var part = new float[vector.Length];
        var probabilities = Probabilities(scores);
        foreach (var strongest in Best(probabilities))
        {
            TensorPrimitives.Multiply(Vectors[strongest], MathF.Sqrt(MathF.Max(0, probabilities[strongest])), part);
            TensorPrimitives.Add(vector, part, vector);
        }

        VectorMath.Normalize(vector, vector);
    }

    /// <summary>
    /// Brings a text's cosine with a thing to the scale of texts with texts: what is unrelated scores the same on average, and what is the same scores 1.
    /// </summary>
    public float AsOfTexts(float score) => Unrelated + ((1 - Unrelated) * (score - _mean) / (1 - _mean));

    /// <summary>The mean cosine of different rows of length 1: the square of their sum, less each with itself.</summary>
    public static float MeanCosine(VectorMatrix vectors)
    {
        var sum = new float[vectors.Dimensions];
        for (var i = 0; i < vectors.Count; i++)
        {
            VectorMath.Add(sum, vectors[i], sum);
        }

        double count = vectors.Count;
        return count < 2 ? 0 : (float)((VectorMath.Dot(sum, sum) - count) / (count * (count - 1)));
    }

    private float[] Probabilities(ReadOnlySpan<float> scores)
    {
        var values = scores.ToArray();
        switch (Scores)
        {
            case ClassScores.Softmax:
                Softmax.Of(values, values);
                break;
            case ClassScores.Sigmoid:
                TensorPrimitives.Sigmoid(values, values);
                break;
        }

        return values;
    }

    private static IEnumerable<int> Best(float[] probabilities)
    {
        var copy = probabilities.ToArray();
        var classes = new int[copy.Length];
        for (var i = 0; i < classes.Length; i++)
        {
            (classes[i], copy[i]) = (i, -copy[i]);
        }

        Array.Sort(copy, classes);
        return classes.Take(Strongest);
    }
}
