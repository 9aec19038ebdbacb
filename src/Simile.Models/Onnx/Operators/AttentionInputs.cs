namespace Simile.Models.Onnx.Operators;

/// <summary>The inputs of <see cref="AttentionRows"/>, in its order.</summary>
internal readonly unsafe struct AttentionInputs
{
    private readonly int* _mask;
    private readonly int _keys;

    public AttentionInputs(OperatorCall call)
    {
        Shape = call.Shape(0);
        var keyShape = call.Shape(1);
        var (width, keyWidth) = ((int)Shape[2], (int)keyShape[2]);
        var scales = call.Input<float>(4);
        var bias = call.Input<float>(5);
        Queries = new RowInputs(call.Input<float>(0), scales, bias, width);
        Keys = new RowInputs(call.Input<float>(1), scales, bias is null ? null : bias + width, keyWidth);
        Values = new RowInputs(call.Input<float>(2), scales, bias is null ? null : bias + width + keyWidth, keyWidth);
        _mask = call.Input<int>(6);
        _keys = (int)keyShape[1];
        Scores = new ScoreInputs(call, 7);
        (Heads, KeyHeads) = ((int)*call.Input<long>(8), (int)*call.Input<long>(9));
        (Factor, Causal) = (*call.Input<float>(10), *call.Input<long>(11) != 0);
        Buffers = new AttentionBuffers((int)Shape[1], _keys, width / Heads, width);
    }

    /// <summary>[batch, queries, heads · size].</summary>
    public long[] Shape { get; }

    public RowInputs Queries { get; }

    public RowInputs Keys { get; }

    public RowInputs Values { get; }

    public ScoreInputs Scores { get; }

    public int Heads { get; }

    public int KeyHeads { get; }

    public float Factor { get; }

    public bool Causal { get; }

    /// <summary>The buffers for one text.</summary>
    public AttentionBuffers Buffers { get; }

    /// <summary>The mask of a text's keys; null if none is masked.</summary>
    public int* MaskOf(int text)
    {
        var mask = _mask + ((long)text * _keys);
        return _mask is null || !new ReadOnlySpan<int>(mask, _keys).Contains(0) ? null : mask;
    }
}
