namespace Simile.Models.Onnx.Operators;

/// <summary>Quantizes rows to bytes, each row with its own scale.</summary>
internal sealed unsafe class ByteRows : Operator
{
    public override string Name => nameof(ByteRows);

    public override IReadOnlyList<Port> Inputs { get; } = [new(TensorElementType.Float), new(TensorElementType.Float)];

    public override IReadOnlyList<Port> Outputs => RowResults.Ports;

    public override void Run(OperatorCall call)
    {
        var x = call.Input<float>(0);
        var shape = call.Shape(0);
        var (results, length) = (new RowResults(call, shape, levels: 1), shape[^1]);
        var rows = RowInputs.Count(shape);
        for (var row = 0L; row < rows; row++)
        {
            results.Write(row, x + (row * length));
        }
    }
}
