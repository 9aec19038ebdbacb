namespace Simile.Models.Onnx.Operators;

/// <summary>The additive scores of an attention: [batch or 1, heads or 1, queries, keys], or none.</summary>
internal readonly unsafe struct ScoreInputs
{
    private readonly float* _scores;
    private readonly long _text;
    private readonly long _head;

    public ScoreInputs(OperatorCall call, int input)
    {
        _scores = call.Input<float>(input);
        if (_scores is not null)
        {
            var shape = call.Shape(input);
            var square = shape[2] * shape[3];
            (_text, _head) = (shape[0] > 1 ? shape[1] * square : 0, shape[1] > 1 ? square : 0);
        }
    }

    /// <summary>Those of one head of one text; null for none.</summary>
    public float* Of(int text, int head) => _scores is null ? null : _scores + (text * _text) + (head * _head);
}
