using Microsoft.ML.OnnxRuntime;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;

namespace Golden;

/// <content>A fully masked row: its numbers are arbitrary but finite, and other rows do not change.</content>
internal static partial class ArchitectureCase
{
    private static void CheckMasked(OnnxModel model, Checkpoint io, float tolerance)
    {
        if (model.Inputs.FirstOrDefault(name => name.EndsWith("attention_mask", StringComparison.Ordinal)) is not { } mask)
        {
            return;
        }

        var rows = (int)io["input." + model.Inputs[0]].Shape[0];
        var outputs = model.Outputs.ToArray();
        using var plain = model.Run(model.Inputs, Values(model, io, rows, null), outputs);
        using var masked = model.Run(model.Inputs, Values(model, io, rows, mask), outputs);
        for (var i = 0; i < outputs.Length; i++)
        {
            var expected = plain[i].GetTensorDataAsSpan<float>();
            var actual = masked[i].GetTensorDataAsSpan<float>();
            foreach (var number in actual)
            {
                Assert.True(float.IsFinite(number), $"{outputs[i]} has {number} where nothing of the first row is seen.");
            }

            var first = actual.Length / rows;
            AssertClose(
                expected[first..], actual[first..], tolerance, $"{outputs[i]} of the other rows where nothing of the first is seen");
        }
    }

    private static OrtValue[] Values(OnnxModel model, Checkpoint io, int rows, string? hidden) => [.. model.Inputs.Select(name =>
    {
        var shape = (io.Find("input." + name) ?? io["input." + model.Inputs[0]]).Shape;
        var value = Rows(io, name, io["input." + model.Inputs[0]], [.. Enumerable.Range(0, rows)]);
        if (name == "token_type_ids" && io.Find("input." + name) is null)
        {
            return OrtValue.CreateTensorValueFromMemory(new long[shape.Aggregate(1L, (a, b) => a * b)], shape);
        }

        if (name == hidden && value.GetTensorTypeAndShape().ElementDataType == Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Int32)
        {
            value.GetTensorMutableDataAsSpan<int>()[..(int)shape[1]].Clear();
        }
        else if (name == hidden)
        {
            value.GetTensorMutableDataAsSpan<long>()[..(int)shape[1]].Clear();
        }

        return value;
    })];
}
