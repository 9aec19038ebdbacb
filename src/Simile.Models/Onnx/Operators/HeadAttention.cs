using System.Numerics.Tensors;

namespace Simile.Models.Onnx.Operators;

/// <summary>One head of attention over one text: rows of queries, keys and values in the layout of the kernels.</summary>
/// <remarks>Zero-padded to <see cref="LaneKernels.Padding"/> in both directions.</remarks>
internal unsafe struct HeadAttention
{
    /// <summary>Queries, scaled by <see cref="Factor"/>: [queries, <see cref="Width"/>].</summary>
    public float* QueryRows;

    /// <summary>Keys, transposed: [<see cref="Size"/>, <see cref="KeyStride"/>].</summary>
    public float* KeyColumns;

    /// <summary>Values: [keys, <see cref="Width"/>].</summary>
    public float* ValueRows;

    /// <summary>The mask: 0 for masked keys; null for no mask.</summary>
    public int* Mask;

    /// <summary>The additive scores, [queries, keys]; null for none.</summary>
    public float* Added;

    /// <summary>Scratch for <see cref="LaneKernels.QueryRows"/> × <see cref="LaneKernels.KeyColumns"/> scores.</summary>
    public float* Scores;

    /// <summary>Scratch for <see cref="LaneKernels.QueryRows"/> × <see cref="Width"/> sums of values.</summary>
    public float* Sums;

    /// <summary>The result, [queries, <see cref="Size"/>], with the row stride <see cref="ResultStride"/>.</summary>
    public float* Result;

    /// <summary>Number of queries.</summary>
    public int Queries;

    /// <summary>Number of keys, and of values.</summary>
    public int Keys;

    /// <summary>Components of the head.</summary>
    public int Size;

    /// <summary>Padded components of the head.</summary>
    public int Width;

    /// <summary>Padded number of keys.</summary>
    public int KeyStride;

    /// <summary>Distance between rows of the result.</summary>
    public int ResultStride;

    /// <summary>The scale of the scores.</summary>
    public float Factor;

    /// <summary>Whether attention is causal.</summary>
    public bool Causal;

    /// <summary>Loads the queries of head <paramref name="head"/> of a text.</summary>
    public readonly void FillQueries(RowInputs queries, int text, int head)
    {
        for (var i = 0; i < Queries; i++)
        {
            var query = new Span<float>(QueryRows + (i * Width), Size);
            queries.Read(((long)text * Queries) + i, query, head * Size);
            TensorPrimitives.Multiply(query, Factor, query);
        }
    }

    /// <summary>Loads the keys and values of key head <paramref name="head"/> of a text.</summary>
    public readonly void FillKeys(RowInputs keys, RowInputs values, int text, int head)
    {
        var components = stackalloc float[Size];
        for (var i = 0; i < Keys; i++)
        {
            var row = ((long)text * Keys) + i;
            values.Read(row, new Span<float>(ValueRows + (i * Width), Size), head * Size);
            keys.Read(row, new Span<float>(components, Size), head * Size);
            for (var j = 0; j < Size; j++)
            {
                KeyColumns[(j * KeyStride) + i] = components[j];
            }
        }
    }
}
