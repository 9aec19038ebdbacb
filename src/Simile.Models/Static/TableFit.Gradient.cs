using System.Numerics.Tensors;
using Simile.Numerics;

namespace Simile.Models;

internal sealed partial class TableFit
{
    /// <summary>Adds the gradient of the loss, times the number of texts, to the gradients of vectors and weights.</summary>
    /// <returns>The loss.</returns>
    internal double Accumulate(TokenizedTexts batch, VectorMatrix teacher)
    {
        var unit = new VectorMatrix(batch.Count, _table.Dimensions);
        var norms = new float[batch.Count];
        Parallel.For(0, batch.Count, text => norms[text] = Embed(batch[text], unit[text]));

        var difference = new VectorMatrix(batch.Count, batch.Count);
        var wanted = new VectorMatrix(batch.Count, batch.Count);
        MatrixProduct.TimesTransposed(unit, unit, difference);
        MatrixProduct.TimesTransposed(teacher, teacher, wanted);
        var loss = Subtract(difference.AsSpan(), wanted.AsSpan());

        // Divided only once by the number of texts, so that Adam's ε stays small compared with the gradients.
        var gradient = new VectorMatrix(batch.Count, _table.Dimensions);
        MatrixProduct.Times(difference, unit, gradient);
        Parallel.For(0, batch.Count, text => ThroughNorm(gradient[text], unit[text], norms[text], 4f / batch.Count));
        Parallel.For(0, Lanes, lane => Scatter(batch, gradient, lane));
        return loss;
    }

    // Rows are distributed over this many lanes with one thread each: one thread sums all of a row's gradient, in the order of the texts.
    private const int Lanes = 8;

    /// <summary>Sets <paramref name="unit"/>, which must be zero, to the normalized weighted sum of token vectors.</summary>
    /// <returns>The norm of the sum; 0 for a text without tokens.</returns>
    private float Embed(ReadOnlySpan<int> tokens, Span<float> unit)
    {
        foreach (var token in tokens)
        {
            WeightedRow.Add(_table[token], MathF.Exp(_logWeights[token]), unit);
        }

        var norm = MathF.Sqrt(TensorPrimitives.Dot(unit, unit));
        TensorPrimitives.Multiply(unit, norm > 0 ? 1 / norm : 0, unit);
        return norm;
    }

    // d/dv of f(v/|v|) is (g − (g·u)u)/|v|.
    private static void ThroughNorm(Span<float> gradient, ReadOnlySpan<float> unit, float norm, float scale)
    {
        WeightedRow.Add(unit, -TensorPrimitives.Dot(gradient, unit), gradient);
        TensorPrimitives.Multiply(gradient, norm > 0 ? scale / norm : 0, gradient);
    }

    private void Scatter(TokenizedTexts batch, VectorMatrix gradient, int lane)
    {
        for (var text = 0; text < batch.Count; text++)
        {
            foreach (var token in batch[text])
            {
                if (token % Lanes == lane)
                {
                    var weight = MathF.Exp(_logWeights[token]);
                    WeightedRow.Add(gradient[text], weight, _tableGradient[token]);
                    _weightGradient[token] += weight * TensorPrimitives.Dot(gradient[text], _table[token]);
                }
            }
        }
    }

    /// <summary>difference −= wanted.</summary>
    /// <returns>The mean square of the remaining difference.</returns>
    private static double Subtract(Span<float> difference, ReadOnlySpan<float> wanted)
    {
        var sum = 0.0;
        for (var i = 0; i < difference.Length; i++)
        {
            difference[i] -= wanted[i];
            sum += difference[i] * difference[i];
        }

        return sum / difference.Length;
    }
}
