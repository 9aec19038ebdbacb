using System.Numerics.Tensors;

namespace Simile.Models.Onnx.Operators;

/// <summary>One head of attention over one text: rows of queries, keys and values, ready to be multiplied.</summary>
/// <remarks>Padded with zeros to <see cref="LaneKernels.Padding"/> in both directions.</remarks>
internal unsafe struct HeadAttention
{
    /// <summary>Queries, multiplied by <see cref="Factor"/>: [queries, <see cref="Width"/>].</summary>
    public float* QueryRows;

    /// <summary>Keys, one component after the other: [<see cref="Size"/>, <see cref="KeyStride"/>].</summary>
    public float* KeyColumns;

    /// <summary>Values: [keys, <see cref="Width"/>].</summary>
    public float* ValueRows;

    /// <summary>0 for the keys that nobody sees; null where all are seen.</summary>
    public int* Mask;

    /// <summary>What is added to the scores, [queries, keys]; null for nothing.</summary>
    public float* Added;

    /// <summary>Room for <see cref="LaneKernels.QueryRows"/> × <see cref="LaneKernels.KeyColumns"/> scores.</summary>
    public float* Scores;

    /// <summary>Room for <see cref="LaneKernels.QueryRows"/> × <see cref="Width"/> sums of values.</summary>
    public float* Sums;

    /// <summary>Where the result goes, [queries, <see cref="Size"/>], each row <see cref="ResultStride"/> behind the one before.</summary>
    public float* Result;

    /// <summary>Number of queries.</summary>
    public int Queries;

    /// <summary>Number of keys, and of values.</summary>
    public int Keys;

    /// <summary>Components of the head.</summary>
    public int Size;

    /// <summary>Those with their padding.</summary>
    public int Width;

    /// <summary>Keys with their padding.</summary>
    public int KeyStride;

    /// <summary>From one row of the result to the next.</summary>
    public int ResultStride;

    /// <summary>What the scores are multiplied by.</summary>
    public float Factor;

    /// <summary>Whether query i sees no key behind key i.</summary>
    public bool Causal;

    /// <summary>Takes the queries of head <paramref name="head"/> of a text.</summary>
    public readonly void FillQueries(RowInputs queries, int text, int head)
    {
        for (var i = 0; i < Queries; i++)
        {
            var query = new Span<float>(QueryRows + (i * Width), Size);
            queries.Read(((long)text * Queries) + i, query, head * Size);
            TensorPrimitives.Multiply(query, Factor, query);
        }
    }

    /// <summary>Takes the keys and values of key head <paramref name="head"/> of a text.</summary>
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
