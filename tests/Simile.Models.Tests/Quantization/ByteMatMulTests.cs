using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;
using ElementType = Microsoft.ML.OnnxRuntime.Tensors.TensorElementType;

namespace Simile.Models.Tests.Quantization;

/// <summary>Products with matrices of bytes against the same sums written out.</summary>
public class ByteMatMulTests
{
    private const int Rows = 37, Columns = 96, Tokens = 11;

    [Theory]
    [InlineData(64, 127)]
    [InlineData(127, 63)]
    public void A_product_is_that_of_the_bytes_on_both_sides(int largest, int levels)
    {
        var random = new Random(largest);
        var bytes = Enumerable.Range(0, Rows * Columns).Select(i => (sbyte)(i == 5 ? largest : random.Next(-largest, largest + 1)))
            .ToArray();
        var scales = Enumerable.Range(0, Rows).Select(_ => random.NextSingle() + .1f).ToArray();
        var x = Enumerable.Range(0, Tokens * Columns).Select(i => i / Columns == 4 ? 0 : (random.NextSingle() - .5f) * (i / Columns * 7))
            .ToArray();

        var product = Product(x, new Tensor("w", DType.I8, [Rows, Columns], MemoryMarshal.AsBytes<sbyte>(bytes).ToArray(), scales));

        for (var token = 0; token < Tokens; token++)
        {
            var row = x.AsSpan(token * Columns, Columns).ToArray();
            var scale = row.Max(MathF.Abs) * (1f / levels);
            for (var j = 0; j < Rows; j++)
            {
                var sum = 0;
                for (var k = 0; k < Columns; k++)
                {
                    sum += scale == 0 ? 0 : (int)MathF.Round(row[k] / scale) * bytes[(j * Columns) + k];
                }

                Assert.Equal(
                    sum * scale * scales[j], product[(token * Rows) + j], Math.Max(1e-5f * Math.Abs(sum * scale * scales[j]), 1e-5f));
            }
        }
    }

    [Fact]
    public void Rounded_rows_are_within_half_a_step_of_the_numbers()
    {
        var numbers = Enumerable.Range(0, 6 * 50).Select(i => i / 50 == 2 ? 0 : MathF.Sin(i) * (i / 50)).ToArray();
        var (bytes, scales) = ByteMatrix.Round(numbers, 6);
        for (var i = 0; i < numbers.Length; i++)
        {
            Assert.InRange(bytes[i], -64, 64);
            Assert.InRange(Math.Abs(numbers[i] - (bytes[i] * scales[i / 50])), 0, scales[i / 50] * .5001f);
        }

        Assert.Equal(1, scales[2]);
    }

    private static float[] Product(float[] x, Tensor weight)
    {
        var graph = new GraphBuilder();
        graph.Output(
            "y", graph.MatMul(graph.Input("x", ElementType.Float, "batch", "length", "96"), weight),
            ElementType.Float, "batch", "length", "37");
        using var model = graph.Build();
        Assert.Equal(["w"], model.Products);
        using var value = OrtValue.CreateTensorValueFromMemory(x, [1, Tokens, Columns]);
        using var results = model.Run(["x"], [value], ["y"]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
