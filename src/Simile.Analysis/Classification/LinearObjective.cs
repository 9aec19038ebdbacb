using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>
/// ½ ‖W‖² + C Σ loss in scikit-learn's form, with its gradient: two matrix products per evaluation. Parameters: for each row of W its
/// coefficients, then its intercept. Products are in float, sums in double.
/// </summary>
internal sealed class LinearObjective(VectorMatrix vectors, int[] labels, int classes, ILinearLoss loss, double c)
{
    private readonly VectorMatrix _gradient = new(classes == 2 ? 1 : classes, vectors.Dimensions);

    /// <summary>Number of rows of W. Two classes need one.</summary>
    public int Rows => _gradient.Count;

    public int Parameters => Rows * (vectors.Dimensions + 1);

    public double Evaluate(double[] parameters, double[] gradient)
    {
        var scores = LinearWeights.Of(parameters, Rows, vectors.Dimensions).Scores(vectors);
        var losses = new double[vectors.Count];
        // Replaces each row of scores by the derivatives of its loss.
        Parallel.For(
            0, losses.Length, i => losses[i] = Rows == 1 ? loss.Binary(ref scores[i][0], labels[i]) : loss.Multiple(scores[i], labels[i]));
        MatrixProduct.TransposedTimes(scores, vectors, _gradient);
        var value = c * losses.Sum();
        for (var row = 0; row < Rows; row++)
        {
            value += Add(parameters, gradient, row, scores);
        }

        return value;
    }

    // Writes one row of the gradient and returns its part of the regularization.
    private double Add(double[] parameters, double[] gradient, int row, VectorMatrix derivatives)
    {
        var (at, dimensions, penalty, sum) = (row * (vectors.Dimensions + 1), vectors.Dimensions, 0.0, 0.0);
        for (var j = 0; j < dimensions; j++)
        {
            penalty += parameters[at + j] * parameters[at + j];
            gradient[at + j] = parameters[at + j] + (c * _gradient[row][j]);
        }

        for (var i = 0; i < derivatives.Count; i++)
        {
            sum += derivatives[i][row];
        }

        var intercept = loss.PenalizesIntercept ? parameters[at + dimensions] : 0;
        gradient[at + dimensions] = intercept + (c * sum);
        return (penalty + (intercept * intercept)) / 2;
    }
}
