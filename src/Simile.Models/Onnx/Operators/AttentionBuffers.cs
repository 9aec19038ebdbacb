namespace Simile.Models.Onnx.Operators;

/// <summary>The memory that the attention of one text takes: one head's queries, keys and values, and all heads' results.</summary>
/// <param name="Queries">Queries.</param>
/// <param name="Keys">Keys, and as many values.</param>
/// <param name="Size">Components of a head.</param>
/// <param name="Width">Components of all heads.</param>
internal readonly unsafe record struct AttentionBuffers(int Queries, int Keys, int Size, int Width)
{
    private const int ScoreFloats = LaneKernels.QueryRows * LaneKernels.KeyColumns;

    /// <summary>Floats of all of it.</summary>
    /// <exception cref="OverflowException">They are more than an array has.</exception>
    public int Floats => checked(QueryFloats + (2 * KeyFloats) + ScoreFloats + SumFloats + (Queries * Width));

    private int HeadWidth => LaneKernels.Padded(Size);

    private int KeyStride => LaneKernels.Padded(Keys) + LaneKernels.Padding;

    private int QueryFloats => checked((LaneKernels.Padded(Queries) + LaneKernels.Padding) * HeadWidth);

    private int KeyFloats => checked(KeyStride * HeadWidth);

    private int SumFloats => LaneKernels.QueryRows * HeadWidth;

    /// <summary>Puts the parts in their places, and zeros where queries, keys and values come to stand.</summary>
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
