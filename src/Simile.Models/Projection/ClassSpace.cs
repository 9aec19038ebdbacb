using System.Numerics.Tensors;
using Simile.Numerics;

namespace Simile.Models.Projection;

/// <summary>
/// Projects a classifier's output into the text space: class probabilities weight the vectors of the class names (ConSE, Norouzi et al.
/// 2013).
/// </summary>
/// <param name="Vectors">One per class: the vector of its name, of length 1.</param>
/// <param name="Unrelated">The mean cosine between names of different classes, as texts.</param>
internal sealed record ClassSpace(VectorMatrix Vectors, float Unrelated)
{
    private const int Strongest = 5;

    private readonly float _mean = MeanCosine(Vectors);

    /// <summary>How the classifier's outputs become probabilities.</summary>
    public ClassScores Scores { get; init; } = ClassScores.Probabilities;

    /// <summary>
    /// The projected vector. The top classes are weighted by the square roots of their probabilities, because lower-ranked classes carry
    /// more information than their probabilities suggest.
    /// </summary>
    /// <param name="scores">One number per class, as in <see cref="Scores"/>.</param>
    /// <param name="vector">Receives the vector of length 1; 0 if all probabilities are 0.</param>
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
    /// Maps the cosine of a text and a projected vector to the scale between texts: unrelated pairs have the same mean score, and identical
    /// ones score 1.
    /// </summary>
    public float AsOfTexts(float score) => Unrelated + ((1 - Unrelated) * (score - _mean) / (1 - _mean));

    /// <summary>The mean cosine between different rows of length 1, from the square of their sum minus the diagonal.</summary>
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

    /// <summary>The probability of each class.</summary>
    /// <param name="scores">One number per class, as in <see cref="Scores"/>.</param>
    public float[] Probabilities(ReadOnlySpan<float> scores)
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
