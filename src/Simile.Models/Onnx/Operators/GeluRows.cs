using System.Buffers;

namespace Simile.Models.Onnx.Operators;

/// <summary>gelu(scale · product + bias), row by row: the step between the two products of a transformer's feed-forward part.</summary>
internal sealed unsafe class GeluRows : Operator
{
    /// <summary>The index of the input with the quantization levels.</summary>
    public const int LevelsInput = 3;

    public override string Name => nameof(GeluRows);

    /// <summary>Product, scales, bias, levels.</summary>
    public override IReadOnlyList<Port> Inputs { get; } =
        [new(TensorElementType.Float), new(TensorElementType.Float, Optional: true), new(TensorElementType.Float), new(
            TensorElementType.Float, Optional: true)];

    public override IReadOnlyList<Port> Outputs => RowResults.Ports;

    public override void Run(OperatorCall call)
    {
        var shape = call.Shape(0);
        var (results, rows, length) = (new RowResults(call, shape, LevelsInput), RowInputs.Count(shape), (int)shape[^1]);
        var product = new RowInputs(call.Input<float>(0), call.Input<float>(1), call.Input<float>(2), length);
        var buffer = ArrayPool<float>.Shared.Rent(LaneKernels.Padded(length));
        fixed (float* row = buffer)
        {
            for (var i = 0L; i < rows; i++)
            {
                product.Read(i, new Span<float>(row, length));
                LaneKernels.Best.Gelu(row, length);
                results.Write(i, row);
            }
        }

        ArrayPool<float>.Shared.Return(buffer);
    }
}
