using Microsoft.ML.OnnxRuntime;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;
using ElementType = Microsoft.ML.OnnxRuntime.Tensors.TensorElementType;

namespace Simile.Models.Tests;

public class GraphBuilderTests
{
    [Fact]
    public void A_linear_layer_with_weights_in_memory_multiplies()
    {
        var graph = new GraphBuilder();
        var weight = Floats("w", [30, 40], (i, _) => i % 7);
        var bias = Floats("b", [30], (i, _) => i);
        var x = graph.Input("x", ElementType.Float, "batch", "40");
        graph.Output("y", graph.Linear(x, weight, bias, "relu"), ElementType.Float, "batch", "30");
        using var model = graph.Build();

        var input = Enumerable.Range(0, 80).Select(i => (float)i).ToArray();
        using var value = OrtValue.CreateTensorValueFromMemory(input, [2, 40]);
        using var results = model.Run(["x"], [value], ["y"]);
        var y = results[0].GetTensorDataAsSpan<float>();

        Assert.Equal(60, y.Length);
        var w = weight.ToFloats().Span;
        for (var row = 0; row < 2; row++)
        {
            for (var j = 0; j < 30; j++)
            {
                var expected = (float)j;
                for (var k = 0; k < 40; k++)
                {
                    expected += input[(row * 40) + k] * w[(j * 40) + k];
                }

                Assert.Equal(expected, y[(row * 30) + j]);
            }
        }
    }

    internal static Tensor Floats(string name, long[] shape, Func<int, int, float> value)
    {
        var data = new float[shape.Aggregate(1L, (a, b) => a * b)];
        for (var i = 0; i < data.Length; i++)
        {
            data[i] = value(i, data.Length);
        }

        return new Tensor(name, DType.F32, shape, System.Runtime.InteropServices.MemoryMarshal.AsBytes(data.AsSpan()).ToArray());
    }
}
