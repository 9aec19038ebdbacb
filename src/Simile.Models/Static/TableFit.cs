using Simile.Numerics;

namespace Simile.Models;

/// <summary>
/// Fits token vectors and weights so that the cosine similarities within a batch of texts equal the teacher's:
/// loss = mean over all pairs of (uᵢ·uⱼ − tᵢ·tⱼ)², where uᵢ is the normalized Σ exp(wₖ)·eₖ over the tokens k of text i that were not
/// dropped.
/// </summary>
/// <remarks>The result does not depend on the number of threads: each sum is computed by one thread in a fixed order.</remarks>
internal sealed partial class TableFit
{
    private readonly VectorMatrix _table;
    private readonly float[] _logWeights;
    private readonly VectorMatrix _tableGradient;
    private readonly float[] _weightGradient;
    private readonly Adam _tableAdam;
    private readonly Adam _weightAdam;

    /// <param name="table">The vector eₖ of each token. Changed in place.</param>
    /// <param name="weights">The initial weight exp(wₖ) of each token.</param>
    public TableFit(VectorMatrix table, ReadOnlySpan<float> weights)
    {
        _table = table;
        _logWeights = new float[table.Count];
        for (var token = 0; token < weights.Length; token++)
        {
            _logWeights[token] = MathF.Log(Math.Max(weights[token], 1e-6f));
        }

        _tableGradient = new VectorMatrix(table.Count, table.Dimensions);
        _weightGradient = new float[table.Count];
        _tableAdam = new Adam(table.AsSpan().Length);
        _weightAdam = new Adam(_weightGradient.Length);
    }

    /// <summary>The accumulated gradient of the vectors.</summary>
    internal VectorMatrix TableGradient => _tableGradient;

    /// <summary>The accumulated gradient of the weights' logarithms.</summary>
    internal ReadOnlySpan<float> WeightGradient => _weightGradient;

    /// <summary>The fitted vectors times their weights: the table of the static model.</summary>
    public VectorMatrix ToTable()
    {
        var result = new VectorMatrix(_table.Count, _table.Dimensions);
        for (var token = 0; token < _table.Count; token++)
        {
            WeightedRow.Add(_table[token], MathF.Exp(_logWeights[token]), result[token]);
        }

        return result;
    }

    /// <summary>One step of both optimizers on one batch.</summary>
    /// <param name="batch">The remaining tokens of each text.</param>
    /// <param name="teacher">The teacher's unit vector of each text.</param>
    /// <param name="tableRate">Learning rate of the vectors.</param>
    /// <param name="weightRate">Learning rate of the weights' logarithms.</param>
    /// <returns>The loss before the step.</returns>
    public double Step(TokenizedTexts batch, VectorMatrix teacher, float tableRate, float weightRate)
    {
        var loss = Accumulate(batch, teacher);
        _tableAdam.Step(_table, _tableGradient, tableRate);
        _weightAdam.Step(new VectorMatrix(_logWeights, 1), new VectorMatrix(_weightGradient, 1), weightRate);
        return loss;
    }
}
