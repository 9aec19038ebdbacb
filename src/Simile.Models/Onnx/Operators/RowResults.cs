namespace Simile.Models.Onnx.Operators;

/// <summary>The output rows of an operator: as numbers, as bytes with row scales, or both.</summary>
/// <remarks>Outputs 0, 1 and 2 of every row operator.</remarks>
internal readonly unsafe struct RowResults
{
    private readonly float* _numbers;
    private readonly byte* _bytes;
    private readonly float* _scales;
    private readonly int _length;
    private readonly float _levels;

    /// <summary>Allocates the outputs.</summary>
    /// <param name="call">The call.</param>
    /// <param name="shape">[…, length of a row].</param>
    /// <param name="levels">The index of the input with the quantization levels.</param>
    public RowResults(OperatorCall call, long[] shape, int levels)
    {
        _length = (int)shape[^1];
        _numbers = call.Output<float>(0, shape);
        if (call.Input<float>(levels) is var given && given is not null)
        {
            _levels = *given;
            _bytes = call.Output<byte>(1, shape);
            _scales = call.Output<float>(2, [.. shape[..^1], 1]);
        }
    }

    /// <summary>The outputs of a row operator.</summary>
    public static IReadOnlyList<Port> Ports { get; } =
        [new(TensorElementType.Float, Optional: true), new(TensorElementType.UInt8, Optional: true), new(
            TensorElementType.Float, Optional: true)];

    /// <summary>Writes one row, which may be in a separate buffer.</summary>
    public void Write(long row, float* numbers)
    {
        if (_numbers is not null)
        {
            new ReadOnlySpan<float>(numbers, _length).CopyTo(new Span<float>(_numbers + (row * _length), _length));
        }

        if (_bytes is not null)
        {
            _scales[row] = LaneKernels.Best.ToBytes(numbers, _length, _levels, _bytes + (row * _length));
        }
    }
}
