using System.Buffers;

namespace Simile.Models.Onnx.Operators;

/// <summary>Scaled dot-product attention (Vaswani et al. 2017), with the heads of a token concatenated.</summary>
/// <remarks>
/// A text's result depends neither on padding nor on the rest of the batch. Only one block of scores is in memory at a time.
/// </remarks>
internal sealed unsafe class AttentionRows : Operator
{
    /// <summary>The index of the input with the quantization levels.</summary>
    public const int LevelsInput = 3;

    public override string Name => nameof(AttentionRows);

    /// <summary>
    /// Queries [batch, length, heads · size], keys and values [batch, keys, key heads · size], levels, row scales of all three [batch,
    /// length, 1], biases of all three concatenated, the mask [batch, keys], the additive scores [batch or 1, heads or 1, length, keys],
    /// heads, key heads, the scale of the scores, and whether attention is causal.
    /// </summary>
    public override IReadOnlyList<Port> Inputs { get; } =
    [
        new(TensorElementType.Float),
        new(TensorElementType.Float),
        new(TensorElementType.Float),
        new(TensorElementType.Float, Optional: true),
        new(TensorElementType.Float, Optional: true),
        new(TensorElementType.Float, Optional: true),
        new(TensorElementType.Int32, Optional: true),
        new(TensorElementType.Float, Optional: true),
        new(TensorElementType.Int64),
        new(TensorElementType.Int64),
        new(TensorElementType.Float),
        new(TensorElementType.Int64),
    ];

    public override IReadOnlyList<Port> Outputs => RowResults.Ports;

    public override void Run(OperatorCall call)
    {
        var inputs = new AttentionInputs(call);
        var results = new RowResults(call, inputs.Shape, LevelsInput);
        var rented = ArrayPool<float>.Shared.Rent(inputs.Buffers.Floats);
        fixed (float* start = rented)
        {
            var head = inputs.Buffers.Place(start) with { Factor = inputs.Factor, Causal = inputs.Causal };
            for (var text = 0; text < inputs.Shape[0]; text++)
            {
                Attend(inputs, head, text);
                for (var i = 0; i < head.Queries; i++)
                {
                    results.Write(((long)text * head.Queries) + i, head.Result + ((long)i * head.ResultStride));
                }
            }
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    private static void Attend(AttentionInputs inputs, HeadAttention head, int text)
    {
        var (result, shared) = ((nint)head.Result, inputs.Heads / inputs.KeyHeads);
        head.Mask = inputs.MaskOf(text);
        for (var i = 0; i < inputs.Heads; i++)
        {
            if (i % shared == 0)
            {
                head.FillKeys(inputs.Keys, inputs.Values, text, i / shared);
            }

            head.FillQueries(inputs.Queries, text, i);
            head.Added = inputs.Scores.Of(text, i);
            head.Result = (float*)result + (i * head.Size);
            LaneKernels.Best.Attend(head);
        }
    }
}
