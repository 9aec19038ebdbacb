using Simile.Numerics;

namespace Simile.Models;

/// <summary>
/// Fits the vectors of tokens and their weights so that the cosine similarities of a batch of texts equal the teacher's:
/// loss = mean over all pairs of (uᵢ·uⱼ − tᵢ·tⱼ)², where uᵢ is the unit vector of Σ exp(wₖ)·eₖ over the tokens k of text i that were not dropped.
/// </summary>
/// <remarks>The result depends on the arguments alone, not on the number of threads: each sum is made by one thread in a fixed order.</remarks>
internal sealed partial class TableFit
{
    private readonly VectorMatrix _table;
    private readonly float[] _logWeights;
    private readonly VectorMatrix _tableGradient;
    private readonly float[] _weightGradient;
    private readonly Adam _tableAdam;
    private readonly Adam _weightAdam;

    /// <param name="table">The vector eₖ of each token; changed in place.</param>
    /// <param name="weights">The weight exp(wₖ) each token starts with.</param>
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

    /// <summary>The gradient of the vectors that was added up since the last step.</summary>
    internal VectorMatrix TableGradient => _tableGradient;

    /// <summary>The gradient of the weights' logarithms that was added up since the last step.</summary>
    internal ReadOnlySpan<float> WeightGradient => _weightGradient;

    /// <summary>The fitted vectors times their weights: what a static model keeps.</summary>
    public VectorMatrix ToTable()
    {
        var result = new VectorMatrix(_table.Count, _table.Dimensions);
        for (var token = 0; token < _table.Count; token++)
        {
            WeightedRow.Add(_table[token], MathF.Exp(_logWeights[token]), result[token]);
        }

        return result;
    }

    /// <summary>One step of both optimisers on one batch.</summary>
    /// <param name="batch">The tokens of each text that take part.</param>
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
