using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>
/// A linear classifier: the score of class c is row c of the coefficients times the vector, plus the intercept. Two classes share one row:
/// a positive score means the second class.
/// </summary>
/// <param name="Coefficients">Classes × d, or 1 × d for two classes.</param>
/// <param name="Intercepts">One for each row.</param>
internal sealed record LinearWeights(VectorMatrix Coefficients, float[] Intercepts)
{
    /// <summary>n × rows: the score of each vector for each row.</summary>
    public VectorMatrix Scores(VectorMatrix vectors)
    {
        var scores = new VectorMatrix(vectors.Count, Coefficients.Count);
        MatrixProduct.TimesTransposed(vectors, Coefficients, scores);
        for (var i = 0; i < scores.Count; i++)
        {
            for (var c = 0; c < Intercepts.Length; c++)
            {
                scores[i][c] += Intercepts[c];
            }
        }

        return scores;
    }

    /// <summary>The parameters of the optimizer: for each row its coefficients, then its intercept.</summary>
    public static LinearWeights Of(double[] parameters, int rows, int dimensions)
    {
        var weights = new LinearWeights(new VectorMatrix(rows, dimensions), new float[rows]);
        for (var c = 0; c < rows; c++)
        {
            for (var j = 0; j < dimensions; j++)
            {
                weights.Coefficients[c][j] = (float)parameters[(c * (dimensions + 1)) + j];
            }

            weights.Intercepts[c] = (float)parameters[(c * (dimensions + 1)) + dimensions];
        }

        return weights;
    }
}
