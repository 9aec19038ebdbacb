namespace Simile.Models.Onnx.Operators;

/// <summary>The buffers for the attention of one text: queries, keys and values of one head, and the results of all heads.</summary>
/// <param name="Queries">Number of queries.</param>
/// <param name="Keys">Number of keys, and of values.</param>
/// <param name="Size">Components per head.</param>
/// <param name="Width">Components of all heads.</param>
internal readonly unsafe record struct AttentionBuffers(int Queries, int Keys, int Size, int Width)
{
    private const int ScoreFloats = LaneKernels.QueryRows * LaneKernels.KeyColumns;

    /// <summary>Total number of floats.</summary>
    /// <exception cref="OverflowException">The total exceeds the largest array.</exception>
    public int Floats => checked(QueryFloats + (2 * KeyFloats) + ScoreFloats + SumFloats + (Queries * Width));

    private int HeadWidth => LaneKernels.Padded(Size);

    private int KeyStride => LaneKernels.Padded(Keys) + LaneKernels.Padding;

    private int QueryFloats => checked((LaneKernels.Padded(Queries) + LaneKernels.Padding) * HeadWidth);

    private int KeyFloats => checked(KeyStride * HeadWidth);

    private int SumFloats => LaneKernels.QueryRows * HeadWidth;

    /// <summary>Assigns the parts, and zeroes queries, keys and values.</summary>
    public HeadAttention Place(float* start)
    {
        new Span<float>(start, QueryFloats + (2 * KeyFloats)).Clear();
        var keys = start + QueryFloats;
        var scores = keys + (2 * KeyFloats);
        return new HeadAttention
        {
            QueryRows = start,
            KeyColumns = keys,
            ValueRows = keys + KeyFloats,
            Scores = scores,
            Sums = scores + ScoreFloats,
            Result = scores + ScoreFloats + SumFloats,
            Queries = Queries,
            Keys = Keys,
            Size = Size,
            Width = HeadWidth,
            KeyStride = KeyStride,
            ResultStride = Width,
        };
    }
}
