using System.Buffers;
using System.Numerics.Tensors;

namespace Simile.Models.Onnx.Operators;

/// <summary>Layer norm (Ba et al. 2016) of scale · product + bias + residual, row by row.</summary>
internal sealed unsafe class NormRows : Operator
{
    /// <summary>The index of the input with the quantization levels.</summary>
    public const int LevelsInput = 3;

    public override string Name => nameof(NormRows);

    /// <summary>Product, scales, bias, levels, residual, weight and bias of the norm, its ε.</summary>
    public override IReadOnlyList<Port> Inputs { get; } =
    [
        new(TensorElementType.Float),
        new(TensorElementType.Float, Optional: true),
        new(TensorElementType.Float),
        new(TensorElementType.Float, Optional: true),
        new(TensorElementType.Float),
        new(TensorElementType.Float),
        new(TensorElementType.Float),
        new(TensorElementType.Float),
    ];

    public override IReadOnlyList<Port> Outputs => RowResults.Ports;

    public override void Run(OperatorCall call)
    {
        var shape = call.Shape(0);
        var (results, rows, length) = (new RowResults(call, shape, LevelsInput), RowInputs.Count(shape), (int)shape[^1]);
        var product = new RowInputs(call.Input<float>(0), call.Input<float>(1), call.Input<float>(2), length);
        var residual = call.Input<float>(4);
        var weight = new ReadOnlySpan<float>(call.Input<float>(5), length);
        var bias = new ReadOnlySpan<float>(call.Input<float>(6), length);
        var epsilon = *call.Input<float>(7);
        var buffer = ArrayPool<float>.Shared.Rent(length);
        fixed (float* numbers = buffer)
        {
            var row = new Span<float>(numbers, length);
            for (var i = 0L; i < rows; i++)
            {
                product.Read(i, row);
                TensorPrimitives.Add(row, new ReadOnlySpan<float>(residual + (i * length), length), row);
                TensorPrimitives.Subtract(row, TensorPrimitives.Sum<float>(row) / length, row);
                TensorPrimitives.Multiply(row, 1 / MathF.Sqrt((TensorPrimitives.SumOfSquares<float>(row) / length) + epsilon), row);
                TensorPrimitives.MultiplyAdd(row, weight, bias, row);
                results.Write(i, numbers);
            }
        }

        ArrayPool<float>.Shared.Return(buffer);
    }
}
